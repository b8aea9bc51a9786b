import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import type { Credentials } from "#lib/objects/embedded/signature";
import { createClient } from "./target.ts";

export interface Spawned {
  url: string;
  credentials: Credentials;
  bucket: string;
  dir: string;
  /** The most memory the process ever held; undefined where the system does not tell. */
  peakRssBytes: () => number | undefined;
  kill: () => Promise<void>;
  stop: () => Promise<void>;
}

const PROGRAM = path.resolve(import.meta.dirname, "../../../bin/object-server.ts");

function readPeakRssBytes(pid: number): number | undefined {
  if (process.platform !== "linux") return undefined;
  const line = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return line ? Number(line[1]) * 1024 : undefined;
}

/** Starts `bin/object-server.ts` as `npm start` does, in a folder of its own. */
export async function spawnServer(): Promise<Spawned> {
  const dir = await mkdtemp(path.join(tmpdir(), "fieldport-objects-"));
  const credentials: Credentials = { accessKeyId: "spawned", secretAccessKey: "spawned-secret", region: "us-east-1" };
  const child = spawn(process.execPath, [PROGRAM], {
    env: {
      NODE_ENV: "production",
      OBJECT_SERVER_PORT: "0",
      OBJECT_SERVER_DIR: dir,
      OBJECT_SERVER_ACCESS_KEY_ID: credentials.accessKeyId,
      OBJECT_SERVER_SECRET: credentials.secretAccessKey,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  const lines: AsyncIterator<string> = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.done) throw new Error("the object server ended before it was ready");
  const url = /http:\S+/.exec(first.value)?.[0] ?? "";
  const bucket = "spawned";
  await createClient(url, credentials).send(new CreateBucketCommand({ Bucket: bucket }));
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await exited;
  };
  const stop = async (): Promise<void> => {
    await end("SIGTERM");
    await rm(dir, { recursive: true, force: true });
  };
  const peakRssBytes = (): number | undefined => readPeakRssBytes(child.pid ?? 0);
  return { url, credentials, bucket, dir, peakRssBytes, kill: () => end("SIGKILL"), stop };
}
