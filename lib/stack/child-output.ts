import type { ChildProcess } from "node:child_process";
import { createWriteStream, existsSync, renameSync, statSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { z } from "zod";

const LOG_BYTES_MAX = 10 * 1024 ** 2;

const logLine = z.object({ level: z.string(), event: z.string(), error: z.unknown().optional() });
const namedError = z.object({ message: z.string() });

export interface OutputTarget {
  logPath: string;
  /** One line for the terminal. */
  report: (line: string) => void;
  /** Lines that must not be written to the log. */
  keepOut?: (line: string) => boolean;
}

/** Writes everything a child prints to its log file; only what says error reaches the terminal. */
export function captureOutput(child: ChildProcess, { logPath, report, keepOut }: OutputTarget): void {
  const file = createWriteStream(logPath, { flags: "a" });
  // A full disk must not end the portal because its log cannot grow.
  file.on("error", () => undefined);
  const follow = (stream: Readable | null, onLine: (line: string) => void) => {
    if (!stream) return;
    createInterface({ input: stream, crlfDelay: Infinity }).on("line", (line) => {
      if (!keepOut?.(line)) file.write(`${line}\n`);
      onLine(line);
    });
  };
  follow(child.stdout, () => undefined);
  follow(child.stderr, (line) => {
    const text = terminalText(line);
    if (text !== null) report(text);
  });
  child.once("close", () => file.end());
}

/** What of a line on a child's error stream deserves the terminal; null for warnings and noise. */
export function terminalText(line: string): string | null {
  const parsed = parseLogLine(line);
  if (parsed) {
    if (parsed.level !== "error") return null;
    const inner = namedError.safeParse(parsed.error);
    const reason = inner.success ? inner.data.message : typeof parsed.error === "string" ? parsed.error : "";
    return reason === "" ? parsed.event : `${parsed.event}: ${reason}`;
  }
  const isWarning = /^\s*⚠|warning/i.test(line);
  return line.trim() === "" || isWarning ? null : line;
}

function parseLogLine(line: string): z.infer<typeof logLine> | null {
  if (!line.startsWith("{")) return null;
  try {
    return logLine.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

/** Keeps one older file per log. */
export function rotateLog(path: string): void {
  if (existsSync(path) && statSync(path).size > LOG_BYTES_MAX) renameSync(path, `${path}.1`);
}
