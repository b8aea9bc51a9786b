import { mkdtemp, readdir, rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";

const PREFIX = `fieldport-work-${hostname().replaceAll(/[^A-Za-z0-9]/g, "")}-`;

/** A temporary folder that carries the pid of its owner, so that others can tell when nobody needs it any more. */
export function makeScratchDir(): Promise<string> {
  return mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
}

/** Removes the folders of processes of this host that were killed; a large import leaves gigabytes behind. */
export async function removeAbandonedScratch(isRunning: (pid: number) => boolean): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const pid = Number(name.slice(PREFIX.length).split("-")[0]);
    if (Number.isInteger(pid) && !isRunning(pid)) await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
}
