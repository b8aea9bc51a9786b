import { readdir, readFile } from "node:fs/promises";
import { residentMemoryBytes } from "#lib/runs/execute/resident-memory";

/** Resident memory of a process group, bytes; 0 where there is no /proc. */
export async function groupMemoryBytes(groupId: number): Promise<number> {
  const names = await readdir("/proc").catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  const sizes = await Promise.all(
    pids.map(async (pid) => ((await groupOf(pid)) === groupId ? ((await residentMemoryBytes(pid)) ?? 0) : 0)),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function groupOf(pid: number): Promise<number | null> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  // The name in brackets may hold anything; state, parent and group stand behind it.
  return stat === null ? null : Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[2]);
}
