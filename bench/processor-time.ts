import { readdirSync, readFileSync } from "node:fs";

/** What a portal under measurement consists of; `load` is this process, which plays its clients. */
export type Part = "web" | "database" | "worker" | "load";
export type ProcessorTime = Record<Part, number>;

/** Processor seconds so far of each part and what it started; Linux only, elsewhere NaN. */
export function processorTimeS(): ProcessorTime {
  const spent: ProcessorTime = { web: 0, database: 0, worker: 0, load: 0 };
  try {
    const parents = new Map(readdirSync("/proc").filter(isPid).flatMap(readParent));
    for (const [pid] of parents) if (isOurs(pid, parents)) spent[partOf(pid)] += secondsOf(pid);
  } catch {
    return { web: NaN, database: NaN, worker: NaN, load: NaN };
  }
  return spent;
}

/** Processors that each part kept busy, over `seconds`. */
export function processorShares(before: ProcessorTime, after: ProcessorTime, seconds: number): ProcessorTime {
  const share = (part: Part) => Math.round(((after[part] - before[part]) / seconds) * 100) / 100;
  return { web: share("web"), database: share("database"), worker: share("worker"), load: share("load") };
}

const isPid = (name: string) => /^\d+$/.test(name);

/** Nothing for a process that has ended since it was listed. */
function readParent(pid: string): [number, number][] {
  const [, parent] = statOf(Number(pid));
  return parent === undefined ? [] : [[Number(pid), Number(parent)]];
}

function isOurs(pid: number, parents: ReadonlyMap<number, number>): boolean {
  for (let at: number | undefined = pid; at !== undefined; at = parents.get(at)) if (at === process.pid) return true;
  return false;
}

function partOf(pid: number): Part {
  if (pid === process.pid) return "load";
  const command = readText(`/proc/${pid}/cmdline`);
  if (command.includes("route-server")) return "web";
  return command.includes("postgres") ? "database" : "worker";
}

/** Its own and that of children which have ended. */
function secondsOf(pid: number): number {
  const ticks = statOf(pid)
    .slice(11, pid === process.pid ? 13 : 15)
    .map(Number);
  return ticks.reduce((sum, value) => sum + value, 0) / 100;
}

/** Fields of /proc/PID/stat after the name: state, parent, … */
function statOf(pid: number): string[] {
  return readText(`/proc/${pid}/stat`).split(") ").at(-1)?.split(" ") ?? [];
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
