import { readerOf } from "./timestamp-parser.ts";
import type { ReadTime } from "./read-iso.ts";

export interface TimestampGuess {
  format: string;
  /** Every sample carries its own offset, so no time zone is needed. */
  hasOffset: boolean;
  /** Other orders of day, month and two-digit year that read the samples as well. */
  otherFormats: string[];
}

/** Tried in order; the first that reads nearly all samples wins. */
const PATTERNS = [
  "yyyyMMddHHmmss",
  "yyyyMMddHHmm",
  "yyyyMMdd HH:mm[:ss]",
  "yyyyMMddTHHmmss",
  "yyyyMMddTHHmmssXXX",
  "dd.MM.yyyy HH:mm[:ss]",
  "dd.MM.yyyy[, HH:mm:ss]",
  "dd.MM.yy HH:mm[:ss]",
  "MM/dd/yyyy HH:mm[:ss]",
  "dd/MM/yyyy HH:mm[:ss]",
  "MM/dd/yyyy hh:mm a",
  "MM/dd/yyyy hh:mm:ss a",
  "dd/MM/yyyy hh:mm a",
  "dd/MM/yyyy hh:mm:ss a",
  "MM/dd/yy hh:mm:ss a",
  "MM/dd/yy hh:mm a",
  "MM/dd/yy HH:mm[:ss]",
  "dd/MM/yy HH:mm[:ss]",
  "dd-MM-yyyy HH:mm[:ss]",
  "MM-dd-yyyy HH:mm[:ss]",
  "dd-MMM-yyyy HH:mm[:ss]",
  "dd MMM yyyy HH:mm[:ss]",
  "d MMM yyyy, HH:mm[:ss]",
  "MMM d, yyyy hh:mm:ss a",
  "dd.MM.yyyy",
  "MM/dd/yyyy",
  "dd/MM/yyyy",
  "dd-MM-yyyy",
  "dd-MMM-yyyy",
  "yyyyMMdd",
];

const SHARE_MIN = 0.9;

/** The format that reads these cells, or null when they are no times. Blank cells do not count. */
export function proposeTimestamp(cells: readonly string[]): TimestampGuess | null {
  const samples = cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
  if (samples.length === 0) return null;
  const epoch = proposeEpoch(samples);
  if (epoch !== null) return { format: epoch, hasOffset: true, otherFormats: [] };
  if (fits("iso", samples)) return { format: "iso", hasOffset: haveOffsets("iso", samples), otherFormats: [] };
  const format = PATTERNS.find((pattern) => fits(pattern, samples));
  if (format === undefined) return null;
  // 13/04 reads one way only; as long as every sample reads several ways, nothing in the file decides.
  const otherFormats = reorderings(format).filter((other) => other !== format && fits(other, samples));
  return { format, hasOffset: haveOffsets(format, samples), otherFormats };
}

function reorderings(format: string): string[] {
  const monthFirst = format.replace(/(dd|MM)([./-])(dd|MM)/, "$3$2$1");
  const yearFirst = format.replace(/(dd|MM)([./-])(dd|MM)\2yy(?!y)/, "yy$2MM$2dd");
  // With points the day always comes first, except behind the year.
  return format.includes(".") ? [yearFirst] : [monthFirst, yearFirst];
}

function proposeEpoch(samples: readonly string[]): "epoch_s" | "epoch_ms" | null {
  const isBetween = (low: number, high: number) =>
    samples.every((sample) => /^\d{9,13}(\.\d+)?$/.test(sample) && Number(sample) >= low && Number(sample) < high);
  // 1980 to 2100, so that ids and large counts are not taken for times.
  if (isBetween(315e6, 4.1e9)) return "epoch_s";
  return isBetween(315e9, 4.1e12) ? "epoch_ms" : null;
}

function fits(format: string, samples: readonly string[]): boolean {
  const read = readerOf(format);
  const time: ReadTime = { localMs: NaN, offsetMs: NaN };
  const count = samples.filter((sample) => read(sample, time) && isCredible(time.localMs)).length;
  return count >= samples.length * SHARE_MIN;
}

function isCredible(ms: number): boolean {
  return ms > Date.UTC(1900, 0, 1) && ms < Date.UTC(2101, 0, 1);
}

function haveOffsets(format: string, samples: readonly string[]): boolean {
  const read = readerOf(format);
  const time: ReadTime = { localMs: NaN, offsetMs: NaN };
  return samples.every((sample) => !read(sample, time) || !Number.isNaN(time.offsetMs));
}
