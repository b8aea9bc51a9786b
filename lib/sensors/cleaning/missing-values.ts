/** Cell texts that say "nothing was measured" (compared trimmed, lower case). */
const MISSING_TEXTS = new Set([
  "",
  "na",
  "n/a",
  "n.a.",
  "null",
  "none",
  "nil",
  "-",
  "--",
  "?",
  ".",
  "missing",
  "\\n",
  "(null)",
]);

/** Cell texts that a logger or program writes when measuring or computing failed. */
const ERROR_TEXTS = new Set([
  "nan",
  "-nan",
  "#n/a",
  "#value!",
  "#div/0!",
  "#ref!",
  "inf",
  "-inf",
  "+inf",
  "infinity",
  "-infinity",
  "err",
  "error",
  "---",
  "----",
  "ovf",
  "over",
  "under",
  "overflow",
  "ol",
  "fault",
  "fail",
]);

/** Numbers that loggers write instead of a value; errors only where the quantity cannot plausibly be that number. */
const ERROR_CODES = new Set([
  -9999, -9999.9, -99999, -999999, -7999, -6999, -999, -999.9, -999.99, -99.9, -99.99, -99, -127, -888, -888.8, -32768,
  -1999, 888, 888.8, 999, 999.9, 999.99, 1999, 6999, 7999, 9999, 9999.9, 32767, 65535, 99999, 999999,
]);

/** Of a quantity without a known range, only these conventions of data files are taken for errors. */
const UNIVERSAL_ERROR_CODES = new Set([-9999, -99999, -999999]);

export function isMissingText(cell: string): boolean {
  return MISSING_TEXTS.has(cell.trim().toLowerCase());
}

export function isErrorText(cell: string): boolean {
  return ERROR_TEXTS.has(cell.trim().toLowerCase());
}

/** `value` is the number as written; `plausible` the range in the file's unit, or null when the quantity is unknown. */
export function isErrorCode(value: number, plausible: readonly [number, number] | null): boolean {
  if (plausible === null) return UNIVERSAL_ERROR_CODES.has(value);
  return (value < plausible[0] || value > plausible[1]) && ERROR_CODES.has(value);
}
