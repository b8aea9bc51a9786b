/** Shown where a value is missing; never 0. */
export const MISSING = "–";
const MINUS = "−";

export interface NumberFormat {
  /** Exactly this many decimals. */
  decimals?: number;
  /** At most this many decimals, trailing zeros dropped; ignored when `decimals` is given. Default 2. */
  decimalsMax?: number;
  /** Writes + before positive numbers. */
  signed?: boolean;
}

type Numeric = number | bigint | null | undefined;

const formatters = new Map<string, Intl.NumberFormat>();

function formatterFor(decimalsMin: number, decimalsMax: number): Intl.NumberFormat {
  const key = `${decimalsMin}:${decimalsMax}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat("en-US", {
    minimumFractionDigits: decimalsMin,
    maximumFractionDigits: decimalsMax,
  });
  formatters.set(key, made);
  return made;
}

function isMissing(value: Numeric): value is null | undefined {
  return value === null || value === undefined || (typeof value === "number" && Number.isNaN(value));
}

/** `1,204`, `0.94`, `−41.2`; a dash for null, undefined and NaN. */
export function formatNumber(value: Numeric, format: NumberFormat = {}): string {
  if (isMissing(value)) return MISSING;
  const max = format.decimals ?? format.decimalsMax ?? 2;
  const text = formatterFor(format.decimals ?? 0, max).format(value);
  const zero = !/[1-9∞]/.test(text);
  if (text.startsWith("-")) return zero ? text.slice(1) : MINUS + text.slice(1);
  return format.signed && !zero ? `+${text}` : text;
}

const STEPS = [
  [1e12, "T"],
  [1e9, "G"],
  [1e6, "M"],
] as const;

/** `2.31 M` from a million on, three significant digits; below it, every digit: `464,256`. */
export function formatCompact(value: Numeric): string {
  if (isMissing(value)) return MISSING;
  const number = Number(value);
  const size = Math.abs(number);
  for (const [unit, letter] of STEPS) {
    if (size < unit * 0.9995) continue;
    const scaled = number / unit;
    const shown = Math.abs(scaled);
    return `${formatNumber(scaled, { decimals: shown < 9.995 ? 2 : shown < 99.95 ? 1 : 0 })} ${letter}`;
  }
  return formatNumber(number, { decimalsMax: size < 10 ? 2 : size < 100 ? 1 : 0 });
}

/** Percent of a fraction 0–1, with a space: `62 %`. Rounds down just below 100 and up just above 0. */
export function formatPercent(fraction: number | null | undefined, decimals = 0): string {
  if (isMissing(fraction)) return MISSING;
  const step = 10 ** decimals;
  let percent = Math.round(fraction * 100 * step) / step;
  if (fraction < 1 && percent >= 100) percent = 100 - 1 / step;
  if (fraction > 0 && percent <= 0) percent = 1 / step;
  return `${formatNumber(percent, { decimals })} %`;
}

/** `$1,204.50`; below a cent as many decimals as say something: `$0.0041`, `< $0.0001`. */
export function formatUsd(value: number | null | undefined): string {
  if (isMissing(value)) return MISSING;
  if (value > 0 && value < 0.00005) return "< $0.0001";
  return `$${formatNumber(value, value > 0 && value < 0.01 ? { decimalsMax: 4 } : { decimals: 2 })}`;
}

/** `1.4 to 350`; with one limit missing `at least 1.4` or `at most 350`, with both undefined an empty string. */
export function formatRange(min: number | undefined, max: number | undefined): string {
  const text = (value: number) => formatNumber(value, { decimalsMax: 6 });
  if (min !== undefined && max !== undefined) return `${text(min)} to ${text(max)}`;
  if (min !== undefined) return `at least ${text(min)}`;
  return max === undefined ? "" : `at most ${text(max)}`;
}
