import { MISSING } from "./numbers.ts";

/** An instant: a Date, epoch milliseconds, or an ISO 8601 text with offset. */
export type Instant = Date | number | string;

export interface DateFormat {
  /** IANA time zone such as "Europe/Berlin". */
  timeZone: string;
  /** Drops the year when the date lies in the same year as this instant (in `timeZone`). */
  now?: Instant;
}

export interface WallTime {
  year: number;
  /** 1–12 */
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const formatters = new Map<string, Intl.DateTimeFormat>();

export function toMs(at: Instant): number {
  if (typeof at === "number") return at;
  return at instanceof Date ? at.getTime() : Date.parse(at);
}

function partsFormatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formatters.set(timeZone, made);
  return made;
}

/** What a clock on the wall in `timeZone` shows at this instant. Throws RangeError for an unknown zone. */
export function wallTimeOf(at: Instant, timeZone: string): WallTime {
  const parts = new Map(
    partsFormatter(timeZone)
      .formatToParts(toMs(at))
      .map((part) => [part.type, Number(part.value)]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return {
    year: of("year"),
    month: of("month"),
    day: of("day"),
    hour: of("hour"),
    minute: of("minute"),
    second: of("second"),
  };
}

const two = (value: number) => String(value).padStart(2, "0");
const monthName = (month: number) => MONTHS[month - 1] ?? "";
const isShowable = (at: Instant | null | undefined): at is Instant =>
  at !== null && at !== undefined && !Number.isNaN(toMs(at));

/** `18 Nov 2026`, or `18 Nov` inside the year of `now`. */
export function formatDate(at: Instant | null | undefined, { timeZone, now }: DateFormat): string {
  if (!isShowable(at)) return MISSING;
  const wall = wallTimeOf(at, timeZone);
  const sameYear = now !== undefined && wallTimeOf(now, timeZone).year === wall.year;
  return `${wall.day} ${monthName(wall.month)}${sameYear ? "" : ` ${wall.year}`}`;
}

/** `14:05`, 24 h. */
export function formatTime(at: Instant | null | undefined, { timeZone }: { timeZone: string }): string {
  if (!isShowable(at)) return MISSING;
  const wall = wallTimeOf(at, timeZone);
  return `${two(wall.hour)}:${two(wall.minute)}`;
}

/** `18 Nov, 14:05`; only the time when the day is that of `now`. */
export function formatDateTime(at: Instant | null | undefined, format: DateFormat): string {
  if (!isShowable(at)) return MISSING;
  const date = formatDate(at, { timeZone: format.timeZone });
  const today = format.now !== undefined && date === formatDate(format.now, { timeZone: format.timeZone });
  return today ? formatTime(at, format) : `${formatDate(at, format)}, ${formatTime(at, format)}`;
}

/** The short name of the zone at this instant: `PST`, `CET`, `UTC`, `GMT+2`. */
export function formatZone(at: Instant, timeZone: string): string {
  // en-GB names the European zones, en-US the American ones; the shorter-lived GMT offset is the last resort.
  const names = ["en-US", "en-GB"].map((locale) => {
    const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "short" }).formatToParts(toMs(at));
    return parts.find((part) => part.type === "timeZoneName")?.value ?? timeZone;
  });
  return names.find((name) => !/^(GMT|UTC)[+−-]/.test(name)) ?? names[0] ?? timeZone;
}

/** The exact instant for a tooltip: `18 Nov 2026, 14:05:12 PST`. */
export function formatExact(at: Instant | null | undefined, timeZone: string): string {
  if (!isShowable(at)) return MISSING;
  const time = `${formatTime(at, { timeZone })}:${two(wallTimeOf(at, timeZone).second)}`;
  return `${formatDate(at, { timeZone })}, ${time} ${formatZone(at, timeZone)}`;
}

/** `4 to 18 Nov`, `28 Oct to 4 Nov`, `28 Dec 2025 to 4 Jan 2026`; one date when both fall on the same day. */
export function formatDateRange(from: Instant, to: Instant, format: DateFormat): string {
  const start = wallTimeOf(from, format.timeZone);
  const end = wallTimeOf(to, format.timeZone);
  const last = formatDate(to, format);
  if (start.year !== end.year) {
    return `${formatDate(from, { timeZone: format.timeZone })} to ${formatDate(to, { timeZone: format.timeZone })}`;
  }
  if (start.month !== end.month) return `${start.day} ${monthName(start.month)} to ${last}`;
  return start.day === end.day ? last : `${start.day} to ${last}`;
}
