import { mkdir, readdir, readFile, rmdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const ROOT = "/sys/fs/cgroup";
const PREFIX = "fieldport-";
const STALE_MS = 60_000;
const REMOVE_TRIES = 25;

/** The kernel's own limit on memory and processes of one sandbox, where this machine lets us set it. */
export interface ControlGroup {
  add: (pids: readonly number[]) => Promise<void>;
  peakMemoryBytes: () => Promise<number | null>;
  /** Whether the kernel ended a process of the group because its memory was used up. */
  wasShortOfMemory: () => Promise<boolean>;
  remove: () => Promise<void>;
}

interface Limits {
  memoryMb: number;
  processesMax: number;
}

/** Null where control groups are not ours to make: then the watcher and the limits of each process have to do. */
export async function makeControlGroup(id: string, limits: Limits): Promise<ControlGroup | null> {
  const name = `${PREFIX}${id}`;
  try {
    const controllers = await readFile(join(ROOT, "cgroup.controllers"), "utf8").catch(() => null);
    return controllers === null ? await makeOld(name, limits) : await makeUnified(name, limits);
  } catch {
    return null;
  }
}

async function makeUnified(name: string, { memoryMb, processesMax }: Limits): Promise<ControlGroup> {
  const folder = join(ROOT, name);
  await writeFile(join(ROOT, "cgroup.subtree_control"), "+memory +pids");
  await mkdir(folder);
  await writeFile(join(folder, "memory.max"), String(memoryMb * 2 ** 20));
  await writeFile(join(folder, "memory.swap.max"), "0").catch(() => undefined);
  await writeFile(join(folder, "pids.max"), String(processesMax + OWN_PROCESSES));
  return {
    add: (pids) => enter([folder], pids),
    peakMemoryBytes: () => readNumber(join(folder, "memory.peak")),
    wasShortOfMemory: async () => /^oom_kill [1-9]/m.test(await readText(join(folder, "memory.events"))),
    remove: () => removeGroups([folder]),
  };
}

/** Supervisor and first process of the sandbox, and the supervisor's threads for the proxy. */
const OWN_PROCESSES = 64;

async function makeOld(name: string, { memoryMb, processesMax }: Limits): Promise<ControlGroup> {
  const [memory, pids] = [join(ROOT, "memory", name), join(ROOT, "pids", name)];
  await mkdir(memory);
  await mkdir(pids);
  await writeFile(join(memory, "memory.limit_in_bytes"), String(memoryMb * 2 ** 20));
  // Only where swap is accounted for.
  await writeFile(join(memory, "memory.memsw.limit_in_bytes"), String(memoryMb * 2 ** 20)).catch(() => undefined);
  await writeFile(join(pids, "pids.max"), String(processesMax + OWN_PROCESSES));
  return {
    add: (members) => enter([memory, pids], members),
    peakMemoryBytes: () => readNumber(join(memory, "memory.max_usage_in_bytes")),
    wasShortOfMemory: async () => /^oom_kill [1-9]/m.test(await readText(join(memory, "memory.oom_control"))),
    remove: () => removeGroups([memory, pids]),
  };
}

async function enter(folders: readonly string[], pids: readonly number[]): Promise<void> {
  for (const folder of folders) for (const pid of pids) await writeFile(join(folder, "cgroup.procs"), String(pid));
}

async function readText(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "");
}

async function readNumber(path: string): Promise<number | null> {
  const value = Number((await readText(path)) || "NaN");
  return Number.isFinite(value) ? value : null;
}

async function removeGroups(folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    // A process that was killed a moment ago still counts; what stays after this is the reaper's.
    for (let tries = 0; tries < REMOVE_TRIES; tries++) {
      const isBusy = await rmdir(folder).then(
        () => false,
        (error: unknown) => error instanceof Error && "code" in error && error.code === "EBUSY",
      );
      if (!isBusy) break;
      await delay(20);
    }
  }
}

/** Groups whose sandbox was killed together with whoever had made it. */
export async function removeEmptyGroups(nowMs: number): Promise<void> {
  for (const parent of [ROOT, join(ROOT, "memory"), join(ROOT, "pids")]) {
    const names = await readdir(parent).catch(() => []);
    const ours = names.filter((name) => name.startsWith(PREFIX)).map((name) => join(parent, name));
    for (const folder of ours) {
      const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Infinity }));
      // One that was made just now waits for its first process; the kernel keeps one that has any.
      if (nowMs - mtimeMs > STALE_MS) await removeGroups([folder]);
    }
  }
}
