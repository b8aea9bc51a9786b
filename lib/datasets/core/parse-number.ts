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

/** `Number` accepts far more than numbers of a table, so every character is looked at first. */
function readPlain(text: string): number {
  const length = text.length;
  let digitCount = 0;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) digitCount++;
    else if (code !== 46 && code !== 45 && code !== 43 && code !== 101 && code !== 69) return NaN;
  }
  return digitCount === 0 ? NaN : Number(text);
}
