import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, readdir, realpath } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";

export interface Python {
  path: string;
  /** "3.11" */
  version: string;
  /** Folder that holds the whole installation. */
  prefix: string;
  hasPip: boolean;
}

const PROBE = `import sys, json, importlib.util
print(json.dumps({"path": sys.executable, "version": "%d.%d" % sys.version_info[:2], "prefix": sys.base_prefix,
  "hasPip": importlib.util.find_spec("pip") is not None}))`;
const probed = z.object({ path: z.string(), version: z.string(), prefix: z.string(), hasPip: z.boolean() });
const NAME = /^python3(\.\d{1,2})?$/;
const USUAL = ["/usr/bin", "/usr/local/bin", "/opt/python/bin"];
/** `subprocess.Popen(user=…)`, which gives the program an identity of its own, came with it. */
const MINOR_MIN = 9;

/** Interpreters in the order they are tried: the system's own first, named ones before links and shims. */
async function* findPythons(): AsyncGenerator<Python> {
  const folders = [...new Set([...USUAL, ...env().PATH.split(delimiter)])].filter((each) => each.startsWith("/"));
  const tried = new Set<string>();
  for (const folder of folders) {
    const names = (await readdir(folder).catch(() => [])).filter((each) => NAME.test(each)).sort();
    for (const name of names) {
      const path = await realpath(join(folder, name)).catch(() => null);
      if (path === null || tried.has(`${folder}/${path}`)) continue;
      tried.add(`${folder}/${path}`);
      const python = await probe(join(folder, name));
      if (python && Number(python.version.split(".")[1]) >= MINOR_MIN) yield python;
    }
  }
}

const probes = new Map<string, Promise<Python | null>>();

/** Each is asked once in the life of a process, which is one run's. */
function probe(path: string): Promise<Python | null> {
  const asked = probes.get(path) ?? ask(path);
  probes.set(path, asked);
  return asked;
}

async function ask(path: string): Promise<Python | null> {
  try {
    await access(path, constants.X_OK);
    const { stdout } = await promisify(execFile)(path, ["-I", "-c", PROBE], { timeout: 10_000 });
    return probed.parse(JSON.parse(stdout));
  } catch {
    return null;
  }
}

/**
 * The interpreter for an app: the first of its version, with pip where requirements are to be installed.
 * @throws AppError `unprocessable` when this machine has none.
 */
export async function choosePython(version: string | null, needsPip: boolean): Promise<Python> {
  const seen: Python[] = [];
  for await (const python of findPythons()) {
    if ((version === null || python.version === version) && (!needsPip || python.hasPip)) return python;
    seen.push(python);
  }
  const have = [...new Set(seen.map((python) => python.version))].sort().join(", ") || "none";
  const wanted = version === null ? `Python 3.${MINOR_MIN} or newer` : `Python ${version}`;
  throw new AppError(
    "unprocessable",
    `${wanted}${needsPip ? " with pip" : ""} is not installed where apps run (there: ${have}). Install it, or change "python".`,
  );
}
