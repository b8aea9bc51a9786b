import { readFile } from "node:fs/promises";

/** Resident memory of a process in bytes from /proc; null where there is none (macOS, Windows, ended process). */
export async function residentMemoryBytes(pid: number): Promise<number | null> {
  try {
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    const match = /^VmRSS:\s+(\d+) kB$/m.exec(status);
    return match ? Number(match[1]) * 1024 : null;
  } catch {
    return null;
  }
}
