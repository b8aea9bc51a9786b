import { AppError } from "#lib/errors";
import { isTimeZone, ZoneClock } from "./zone-clock.ts";
import { readIso } from "./read-iso.ts";
import { compileTimePattern } from "./time-pattern.ts";
import type { LocalTimeKind } from "./zone-clock.ts";
import type { PatternReader } from "./time-pattern.ts";
import type { ReadTime } from "./read-iso.ts";

export interface TimestampFormat {
  /** `iso`, `epoch_s`, `epoch_ms`, or a pattern such as `dd.MM.yyyy HH:mm`. */
  format: string;
  /** IANA zone of times that carry no offset. */
  timeZone: string;
}

/** Reads timestamps of one column. After `parse`, the other fields describe that one parse. */
export interface TimestampParser {
  /** Epoch ms, or NaN when the text is no timestamp of this format. Ambiguous local times give the earlier instant. */
  parse(text: string): number;
  kind: LocalTimeKind;
  /** The later instant of an ambiguous local time; otherwise the same as was returned. */
  laterUtcMs: number;
}

/** @throws AppError `invalid_input` for an unknown time zone or pattern. */
export function createTimestampParser({ format, timeZone }: TimestampFormat): TimestampParser {
  if (!isTimeZone(timeZone)) throw new AppError("invalid_input", `"${timeZone}" is not a known time zone.`);
  const clock = new ZoneClock(timeZone);
  const read = readerOf(format);
  const time: ReadTime = { localMs: NaN, offsetMs: NaN };
  const parser: TimestampParser = {
    kind: "unique",
    laterUtcMs: NaN,
    parse(text) {
      parser.kind = "unique";
      if (!read(text, time) && !read(text.trim(), time)) return (parser.laterUtcMs = NaN);
      if (time.offsetMs === time.offsetMs) return (parser.laterUtcMs = time.localMs - time.offsetMs);
      const match = clock.toUtc(time.localMs);
      parser.kind = match.kind;
      parser.laterUtcMs = match.laterUtcMs;
      return match.utcMs;
    },
  };
  return parser;
}

/** Reads the wall clock (and offset, when written) of a text; false when the text does not fit the format. */
export function readerOf(format: string): PatternReader {
  if (format === "iso") return readIso;
  if (format === "epoch_s") return (text, into) => readEpoch(text, 1000, into);
  if (format === "epoch_ms") return (text, into) => readEpoch(text, 1, into);
  return compileTimePattern(format);
}

function readEpoch(text: string, factor: number, into: ReadTime): boolean {
  if (!/^-?\d+(\.\d+)?$/.test(text)) return false;
  into.localMs = Math.round(Number(text) * factor);
  into.offsetMs = 0;
  return Number.isSafeInteger(into.localMs);
}
