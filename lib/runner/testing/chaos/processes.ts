import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { removeEmptyGroups } from "../../executors/sandbox/control-group.ts";
import { uidOf } from "../../executors/sandbox/place.ts";

const GROUPS = ["/sys/fs/cgroup", "/sys/fs/cgroup/memory", "/sys/fs/cgroup/pids"];
/** Groups are kept for a minute, in case one was made just now. */
const LATER_MS = 120_000;

/** Processes, and the limits set for them, that are left of an ended run. Root alone gives runs users of their own. */
export async function listRemains(runId: string): Promise<string[]> {
  const uid = process.getuid?.() === 0 ? uidOf(runId) : null;
  const processes = await listProcesses(({ status }) => uid !== null && status.includes(`Uid:\t${uid}\t`));
  await removeEmptyGroups(Date.now() + LATER_MS);
  const groups: string[] = [];
  for (const parent of GROUPS) {
    const names = await readdir(parent).catch(() => []);
    groups.push(...names.filter((name) => name === `fieldport-${runId}`).map((name) => join(parent, name)));
  }
  return [
    ...processes.map(({ pid, command }) => `process ${pid} is left: ${command}`),
    ...groups.map((path) => `control group ${path} is left`),
  ];
}

export interface SeenProcess {
  pid: number;
  parent: number;
  command: string;
  /** Text of /proc/<pid>/status. */
  status: string;
}

export async function listProcesses(isWanted: (seen: SeenProcess) => boolean): Promise<SeenProcess[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const all = await Promise.all(pids.map(look));
  return all.filter((seen) => seen !== null).filter(isWanted);
}

async function look(pid: number): Promise<SeenProcess | null> {
  try {
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    const command = (await readFile(`/proc/${pid}/cmdline`, "utf8")).replaceAll("\0", " ").trim();
    // One that has ended and whose parent has not asked yet is no process any more.
    if (/^State:\s+Z/m.test(status)) return null;
    return { pid, command, status, parent: Number(/^PPid:\s+(\d+)$/m.exec(status)?.[1] ?? 0) };
  } catch {
    return null;
  }
}

/** A process and all below it. */
export async function listFamily(pid: number): Promise<SeenProcess[]> {
  const all = await listProcesses(() => true);
  const family = all.filter((seen) => seen.pid === pid);
  for (const member of family) family.push(...all.filter(({ parent }) => parent === member.pid));
  return family;
}
