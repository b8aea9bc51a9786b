import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { deflateSync } from "node:zlib";
import type { MachineLimits } from "../executor.ts";

/** For logs and the output after an app's limit; then the machine ends itself. */
const MARGIN_S = 900;

/** All that a machine is told at its start. Nothing in it is secret: anybody who may describe the machine reads it. */
export interface MachineSettings {
  bucket: string;
  region: string;
  objectsUrl: string;
  metadataUrl: string;
  roleId: string;
  isolation: "systemd" | "container";
  powersOff: boolean;
  bootDeadlineS: number;
  deadManS: number;
  root: string;
}

/** After this many seconds a machine switches itself off, whatever has become of everybody else. */
export function deadManSOf({ timeoutS, graceS }: MachineLimits, bootDeadlineS: number): number {
  return bootDeadlineS + timeoutS + graceS + MARGIN_S;
}

/** The program of a machine as arguments of an interpreter: no shell ever reads them. */
export async function startArguments(settings: MachineSettings): Promise<string[]> {
  const path = fileURLToPath(new URL("../../bootstrap/machine.py", import.meta.url));
  // AWS Batch takes 8192 characters, and explanations are for people.
  const bare = (await readFile(path, "utf8")).replace(/^\s*#.*\n/gm, "").replace(/^ *"""[^"]*"""\n/gm, "");
  const program = deflateSync(bare, { level: 9 }).toString("base64");
  const unpack = "import base64,sys,zlib;exec(zlib.decompress(base64.b64decode(sys.argv.pop())))";
  return ["-c", unpack, JSON.stringify(settings), program];
}

/** The same as a file that a machine's first start runs. The values are data of the script, quoted by JSON. */
export async function startScript(settings: MachineSettings): Promise<string> {
  const args = await startArguments(settings);
  return [
    "#!/usr/bin/python3",
    "import json, os, sys",
    `args = json.loads(${JSON.stringify(JSON.stringify(args))})`,
    'os.execv(sys.executable, [sys.executable, "-I", *args])',
    "",
  ].join("\n");
}
