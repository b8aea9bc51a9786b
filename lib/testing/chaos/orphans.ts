import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { SERVICES, type ChaosStack } from "./chaos-stack.ts";

/** Processes of the stack that no running service owns; Linux only, elsewhere none. */
export function findOrphans(stack: ChaosStack): string[] {
  const owners = new Set(SERVICES.map((service) => stack.pidOf(service)));
  return listPids()
    .filter((pid) => belongsTo(pid, stack.dir) && !ancestors(pid).some((ancestor) => owners.has(ancestor)))
    .map((pid) => `process ${pid} has no parent any more: ${read(pid, "cmdline").replaceAll("\0", " ").slice(0, 120)}`);
}

function listPids(): number[] {
  try {
    return readdirSync("/proc")
      .map(Number)
      .filter((pid) => Number.isInteger(pid) && pid > 1 && pid !== process.pid);
  } catch {
    return [];
  }
}

/** Our own processes carry the folder in their environment, PostgreSQL's work inside it. */
function belongsTo(pid: number, dir: string): boolean {
  if (read(pid, "environ").includes(`FIELDPORT_DATA_DIR=${dir}\0`)) return true;
  try {
    return readlinkSync(`/proc/${pid}/cwd`).startsWith(`${dir}/`);
  } catch {
    return false;
  }
}

/** The process itself and everything above it. */
function ancestors(pid: number): number[] {
  const line: number[] = [];
  for (let current = pid; current > 1; current = parentOf(current)) line.push(current);
  return line;
}

function parentOf(pid: number): number {
  return Number(/^PPid:\s+(\d+)$/m.exec(read(pid, "status"))?.[1] ?? 0);
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
