import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";

/**
 * What tells a process from a later one with the same pid: its start time. Null when no such process runs.
 * Where neither /proc nor ps can say, a constant: the pid alone then has to do.
 */
export function processIdentity(pid: number): string | null {
  if (!isAlive(pid)) return null;
  if (process.platform === "linux") {
    const stat = readProc(pid, "stat");
    if (stat === null) return null;
    // Fields after the parenthesised command name; the 22nd of all is the start time in clock ticks since boot.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z") return null;
    return `${readBootId()}:${fields[19] ?? ""}`;
  }
  return runPs(pid, "lstart=") ?? "unknown";
}

/** The command line of a process, words separated by blanks; "" when it cannot be read. */
export function processCommand(pid: number): string {
  if (process.platform === "linux") return (readProc(pid, "cmdline") ?? "").replaceAll("\0", " ").trim();
  return runPs(pid, "command=") ?? "";
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** A running process as it is written down, so that a later start can find it again. */
export const recordedProcess = z.object({ pid: z.number().int(), identity: z.string() });
export type RecordedProcess = z.infer<typeof recordedProcess>;

export function recordProcess(pid: number): RecordedProcess {
  return { pid, identity: processIdentity(pid) ?? "gone" };
}

export function stillRuns(recorded: RecordedProcess): boolean {
  return processIdentity(recorded.pid) === recorded.identity;
}

/** Signals the process group that `pid` leads, or the process alone where there is no such group. */
export function signalTree(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(process.platform === "win32" ? pid : -pid, signal);
  } catch {
    try {
      process.kill(pid, signal);
    } catch {
      // It ended in the meantime, which is what was wanted.
    }
  }
}

/** Waits until `done` holds; false when `timeoutMs` passed first. */
export async function waitUntil(done: () => boolean, timeoutMs: number): Promise<boolean> {
  const endsAt = performance.now() + timeoutMs;
  while (!done()) {
    if (performance.now() > endsAt) return false;
    await delay(20);
  }
  return true;
}

/** Ends a process left over from an earlier start: politely first, by force after `graceMs`. */
export async function endLeftover(recorded: RecordedProcess, graceMs = 3000): Promise<boolean> {
  if (!stillRuns(recorded)) return false;
  signalTree(recorded.pid, "SIGTERM");
  if (!(await waitUntil(() => !stillRuns(recorded), graceMs))) {
    signalTree(recorded.pid, "SIGKILL");
    await waitUntil(() => !stillRuns(recorded), 1000);
  }
  return true;
}

function readProc(pid: number, file: "stat" | "cmdline"): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return null;
  }
}

/** A pid and its ticks may come back after a reboot, so the boot is part of the identity. */
function readBootId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return "";
  }
}

function runPs(pid: number, column: string): string | null {
  try {
    return execFileSync("ps", ["-o", column, "-p", String(pid)], { encoding: "utf8", stdio: "pipe" }).trim();
  } catch {
    return null;
  }
}
