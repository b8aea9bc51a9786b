import { AppError } from "#lib/errors";
import { daysFromCivil } from "./calendar.ts";
import { readOffset } from "./read-iso.ts";
import type { ReadTime } from "./read-iso.ts";

type Field =
  | "year"
  | "year2"
  | "month"
  | "monthName"
  | "day"
  | "hour"
  | "hour12"
  | "minute"
  | "second"
  | "fraction"
  | "half"
  | "offset";
type Token = { literal: string } | { field: Field; digitsMax: number };

const FIELDS: Record<string, { field: Field; digitsMax: number }> = {
  yyyy: { field: "year", digitsMax: 4 },
  yy: { field: "year2", digitsMax: 2 },
  MMM: { field: "monthName", digitsMax: 0 },
  MM: { field: "month", digitsMax: 2 },
  M: { field: "month", digitsMax: 2 },
  dd: { field: "day", digitsMax: 2 },
  d: { field: "day", digitsMax: 2 },
  HH: { field: "hour", digitsMax: 2 },
  H: { field: "hour", digitsMax: 2 },
  hh: { field: "hour12", digitsMax: 2 },
  h: { field: "hour12", digitsMax: 2 },
  mm: { field: "minute", digitsMax: 2 },
  ss: { field: "second", digitsMax: 2 },
  SSS: { field: "fraction", digitsMax: 9 },
  a: { field: "half", digitsMax: 0 },
  XXX: { field: "offset", digitsMax: 0 },
};
const MONTH_NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

export type PatternReader = (text: string, into: ReadTime) => boolean;

/**
 * Compiles a pattern such as `dd.MM.yyyy HH:mm` into a reader. Letters as in Unicode's date patterns (yyyy yy MM MMM dd
 * HH hh mm ss SSS a XXX); `[:ss]` may be absent from the text; one digit is accepted where two are written. Month
 * names are English.
 * @throws AppError `invalid_input` when the pattern has unknown letters or no complete date.
 */
export function compileTimePattern(pattern: string): PatternReader {
  const optional = /^(.*)\[(.*)\]$/.exec(pattern);
  if (optional !== null) {
    const long = compileTokens(`${optional[1]}${optional[2]}`);
    const short = compileTokens(optional[1] ?? "");
    return (text, into) => readTokens(long, text, into) || readTokens(short, text, into);
  }
  const tokens = compileTokens(pattern);
  return (text, into) => readTokens(tokens, text, into);
}

function compileTokens(pattern: string): Token[] {
  const tokens = (pattern.match(/([A-Za-z])\1*|'[^']*'|[^A-Za-z']+/g) ?? []).map((part): Token => {
    if (part.startsWith("'")) return { literal: part.slice(1, -1) };
    if (!/^[A-Za-z]/.test(part)) return { literal: part };
    if (part === "T") return { literal: "T" };
    const field = FIELDS[part];
    if (field === undefined)
      throw new AppError("invalid_input", `"${part}" is not understood in the time pattern "${pattern}".`);
    return field;
  });
  const has = (...fields: Field[]) => tokens.some((token) => "field" in token && fields.includes(token.field));
  if (!has("year", "year2") || !has("month", "monthName") || !has("day")) {
    throw new AppError("invalid_input", `The time pattern "${pattern}" needs a year, a month and a day.`);
  }
  return tokens;
}

const state = { values: new Map<Field, number>(), at: 0 };

function readTokens(tokens: readonly Token[], text: string, into: ReadTime): boolean {
  state.values.clear();
  state.at = 0;
  for (const token of tokens) {
    if ("literal" in token) {
      if (!text.startsWith(token.literal, state.at)) return false;
      state.at += token.literal.length;
    } else {
      const value = readField(token.field, token.digitsMax, text);
      if (!(value === value)) return false;
      state.values.set(token.field, value);
    }
  }
  return state.at === text.length && assemble(state.values, into);
}

function readField(field: Field, digitsMax: number, text: string): number {
  if (field === "monthName") return readMonthName(text);
  if (field === "half") return readHalf(text);
  if (field === "offset") {
    const offset = readOffset(text, state.at);
    state.at = text.length;
    return offset;
  }
  const start = state.at;
  let value = 0;
  while (state.at < start + digitsMax) {
    const digit = text.charCodeAt(state.at) - 48;
    if (!(digit >= 0 && digit <= 9)) break;
    value = value * 10 + digit;
    state.at++;
  }
  const digits = state.at - start;
  if (digits === 0 || (field === "year" && digits !== 4) || (field === "year2" && digits !== 2)) return NaN;
  if (field === "fraction") return Math.floor((value / 10 ** digits) * 1000 + 1e-6);
  return value;
}

function readMonthName(text: string): number {
  const index = MONTH_NAMES.indexOf(text.slice(state.at, state.at + 3).toLowerCase());
  state.at += 3;
  while (/[a-z]/i.test(text.charAt(state.at))) state.at++;
  return index < 0 ? NaN : index + 1;
}

function readHalf(text: string): number {
  const half = /^([ap])\.?m\.?/i.exec(text.slice(state.at));
  if (half === null) return NaN;
  state.at += half[0].length;
  return half[1]?.toLowerCase() === "p" ? 12 : 0;
}

function assemble(values: ReadonlyMap<Field, number>, into: ReadTime): boolean {
  const shortYear = values.get("year2") ?? 0;
  const year = values.get("year") ?? (shortYear < 70 ? 2000 + shortYear : 1900 + shortYear);
  const days = daysFromCivil(year, values.get("month") ?? values.get("monthName") ?? 0, values.get("day") ?? 0);
  const hour12 = values.get("hour12");
  if (hour12 !== undefined && (hour12 < 1 || hour12 > 12)) return false;
  const hour = hour12 === undefined ? (values.get("hour") ?? 0) : (hour12 % 12) + (values.get("half") ?? 0);
  const minute = values.get("minute") ?? 0;
  const second = values.get("second") ?? 0;
  if (!(days === days) || hour > 24 || minute > 59 || second > 60) return false;
  if (hour === 24 && minute + second > 0) return false;
  into.localMs = days * 86_400_000 + hour * 3_600_000 + minute * 60_000 + second * 1000 + (values.get("fraction") ?? 0);
  into.offsetMs = values.get("offset") ?? NaN;
  return true;
}
