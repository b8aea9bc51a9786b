import { readdir, readFile, readlink } from "node:fs/promises";

/** Processes of the PID namespace whose first process is `initPid`, as this machine numbers them. */
export async function membersOf(initPid: number): Promise<number[]> {
  const namespace = await namespaceOf(initPid);
  if (namespace === null) return [];
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const spaces = await Promise.all(pids.map(namespaceOf));
  return pids.filter((_, index) => spaces[index] === namespace);
}

async function namespaceOf(pid: number): Promise<string | null> {
  return readlink(`/proc/${pid}/ns/pid`).catch(() => null);
}

/** Memory the processes hold for themselves alone plus shared pages counted once each, bytes. */
export async function residentBytes(pids: readonly number[]): Promise<number> {
  const sizes = await Promise.all(pids.map(residentOf));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function residentOf(pid: number): Promise<number> {
  try {
    // Shared libraries would count once for each process: what is anonymous or in shared memory is the program's own.
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    const kb = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1] ?? 0);
    return (kb("RssAnon") + kb("RssShmem")) * 1024;
  } catch {
    return 0;
  }
}
