/**
 * Reads a decimal number; NaN for anything else (also for `0x1F`, `1e`, `12 mm`, `Infinity`, empty text). Thousands
 * are accepted only where they group correctly (`1,234.5`; with a decimal comma `1.234,5` or `1 234,5`). A point is
 * always read as a decimal point when nothing shows that it groups, even with `decimalComma`.
 */
export function parseNumber(text: string, decimalComma = false): number {
  const value = readPlain(text);
  if (value === value) return value;
  const trimmed = text.trim().replace("\u2212", "-");
  if (trimmed === "") return NaN;
  if (!decimalComma) {
    return GROUPED_COMMA.test(trimmed) ? readPlain(trimmed.replaceAll(",", "")) : readPlain(trimmed);
  }
  if (GROUPED_POINT.test(trimmed)) return readPlain(trimmed.replaceAll(/[. \u00a0\u202f]/g, "").replace(",", "."));
  return trimmed.includes(".") && trimmed.includes(",") ? NaN : readPlain(trimmed.replace(",", "."));
}

const GROUPED_COMMA = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/;
// A lone `12.345` stays twelve point three: files mix styles, and a factor of 1000 is the worse mistake.
const GROUPED_POINT = /^[+-]?\d{1,3}(([. \u00a0\u202f])\d{3}(\2\d{3})*,\d+|(\.\d{3}){2,}|([ \u00a0\u202f]\d{3})+)$/;

/** Powers of ten that a double holds exactly. */
const POWERS = Float64Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);
/** Whole numbers of so many digits are exact, and so is one division of them: the same value as `Number` gives. */
const EXACT_DIGITS = 15;

/** Digits and one point, which is nearly every number of a table, are read here; everything else by `readSlow`. */
function readPlain(text: string): number {
  const length = text.length;
  const isNegative = length > 0 && text.charCodeAt(0) === 45;
  let whole = 0;
  let digits = 0;
  let pointAt = -1;
  for (let i = isNegative ? 1 : 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) {
      whole = whole * 10 + code - 48;
      digits++;
    } else if (code === 46 && pointAt < 0) pointAt = i;
    else return readSlow(text);
  }
  if (digits === 0 || digits > EXACT_DIGITS) return readSlow(text);
  const value = pointAt < 0 ? whole : whole / POWERS[length - 1 - pointAt]!;
  return isNegative ? -value : value;
}

/** `Number` accepts far more than numbers of a table, so every character is looked at first. */
function readSlow(text: string): number {
  const length = text.length;
  let digitCount = 0;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) digitCount++;
    else if (code !== 46 && code !== 45 && code !== 43 && code !== 101 && code !== 69) return NaN;
  }
  return digitCount === 0 ? NaN : Number(text);
}
