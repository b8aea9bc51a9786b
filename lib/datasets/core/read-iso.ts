import { daysFromCivil } from "./calendar.ts";

/** Wall-clock ms (read as if UTC) and, when the text carries one, its offset; `offsetMs` is NaN without. */
export interface ReadTime {
  localMs: number;
  offsetMs: number;
}

const DAY_MS = 86_400_000;
let cachedDate = "";
let cachedDays = NaN;

/**
 * Reads `YYYY-MM-DD`, optionally followed by `T` or blanks, `hh:mm[:ss[.fff]]` and `Z`, `UTC` or `±hh[:mm]`
 * (also `/` or `.` between the date's parts: year first is never ambiguous, and one file may mix them). Returns false when the text is anything else; nothing is guessed.
 */
export function readIso(text: string, into: ReadTime): boolean {
  const length = text.length;
  if (length < 10) return false;
  const separator = text.charCodeAt(4);
  if ((separator !== 45 && separator !== 47 && separator !== 46) || text.charCodeAt(7) !== separator) return false;
  const days = readDate(text);
  if (!(days === days)) return false;
  into.offsetMs = NaN;
  if (length === 10) {
    into.localMs = days * DAY_MS;
    return true;
  }
  const mark = text.charCodeAt(10);
  if (mark !== 84 && mark !== 32 && mark !== 116) return false;
  return readClock(text, days * DAY_MS, into);
}

/** Consecutive rows mostly share their date. */
function readDate(text: string): number {
  const date = text.slice(0, 10);
  if (date === cachedDate) return cachedDays;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  cachedDays = daysFromCivil(year, twoDigits(text, 5), twoDigits(text, 8));
  cachedDate = date;
  return cachedDays;
}

function readClock(text: string, dayMs: number, into: ReadTime): boolean {
  const length = text.length;
  let at = 11;
  while (text.charCodeAt(at) === 32) at++;
  const hour = twoDigits(text, at);
  const minute = text.charCodeAt(at + 2) === 58 ? twoDigits(text, at + 3) : NaN;
  if (!(hour <= 24 && minute < 60)) return false;
  at += 5;
  let ms = hour * 3_600_000 + minute * 60_000;
  if (text.charCodeAt(at) === 58) {
    const second = twoDigits(text, at + 1);
    if (!(second <= 60)) return false;
    ms += second * 1000;
    at += 3;
    const point = text.charCodeAt(at);
    if (point === 46 || point === 44) {
      const end = skipDigits(text, at + 1);
      if (end === at + 1) return false;
      ms += Math.floor(Number(`0.${text.slice(at + 1, end)}`) * 1000 + 1e-6);
      at = end;
    }
  }
  if (hour === 24 && ms !== DAY_MS) return false;
  into.localMs = dayMs + ms;
  if (at === length) return true;
  into.offsetMs = readOffset(text, at);
  return into.offsetMs === into.offsetMs;
}

/** Reads `Z`, ` UTC`, `+01:00`, `+0100`, `+01` to the end of the text; NaN when it is none of these. */
export function readOffset(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === 32) at++;
  const rest = text.slice(at);
  if (rest === "Z" || rest === "z" || rest === "UTC" || rest === "GMT") return 0;
  const sign = text.charCodeAt(at);
  if (sign !== 43 && sign !== 45) return NaN;
  const hours = twoDigits(text, at + 1);
  let minutes = 0;
  if (rest.length === 6 && rest[3] === ":") minutes = twoDigits(text, at + 4);
  else if (rest.length === 5) minutes = twoDigits(text, at + 3);
  else if (rest.length !== 3) return NaN;
  if (!(hours <= 15 && minutes < 60)) return NaN;
  return (sign === 45 ? -1 : 1) * (hours * 3_600_000 + minutes * 60_000);
}

/** Two digits as a number, NaN when they are not digits. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}

function skipDigits(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code >= 48 && code <= 57; code = text.charCodeAt(at)) at++;
  return at;
}
