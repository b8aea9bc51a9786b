import { wallTimeOf } from "#lib/format/dates";
import type { LogLine } from "#lib/runs/schema";

const pad = (value: number, length = 2) => String(value).padStart(length, "0");

/** `14:01:12.004` in the zone. */
export function logTime(at: string, timeZone: string): string {
  const wall = wallTimeOf(at, timeZone);
  return `${pad(wall.hour)}:${pad(wall.minute)}:${pad(wall.second)}.${pad(new Date(at).getUTCMilliseconds(), 3)}`;
}

export interface LogFilter {
  onlyWarnings: boolean;
  search: string;
}

export interface NumberedLine extends LogLine {
  /** Place in the whole log, from 1. */
  number: number;
}

/** The lines that match, with their numbers in the whole log. */
export function filterLog(lines: readonly LogLine[], { onlyWarnings, search }: LogFilter): NumberedLine[] {
  const wanted = search.trim().toLowerCase();
  return lines.flatMap((line, index) => {
    if (onlyWarnings && line.level === "info") return [];
    if (wanted !== "" && !line.text.toLowerCase().includes(wanted)) return [];
    return [{ ...line, number: index + 1 }];
  });
}

/** The log as a text file: exact instant, level, text. */
export function logFile(lines: readonly LogLine[]): string {
  return lines.map(({ at, level, text }) => `${at} ${level.padEnd(5)} ${text}\n`).join("");
}

const MATCHES_MAX = 50;

/** A line cut at what is looked for, without regard to case: what lies between stands at even places. */
export function splitAtMatches(text: string, search: string): string[] {
  const [lower, wanted] = [text.toLowerCase(), search.toLowerCase()];
  // Some letters are longer in lower case; then places do not correspond and nothing is marked.
  if (wanted === "" || lower.length !== text.length) return [text];
  const parts: string[] = [];
  let start = 0;
  for (let at = lower.indexOf(wanted); at >= 0 && parts.length < MATCHES_MAX; at = lower.indexOf(wanted, start)) {
    parts.push(text.slice(start, at), text.slice(at, at + wanted.length));
    start = at + wanted.length;
  }
  return [...parts, text.slice(start)];
}
