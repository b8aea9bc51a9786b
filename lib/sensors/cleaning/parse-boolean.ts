const TRUE_TEXTS = new Set([
  "yes",
  "y",
  "true",
  "t",
  "1",
  "1.0",
  "x",
  "ja",
  "oui",
  "si",
  "sí",
  "reference",
  "ref",
  "on",
]);
const FALSE_TEXTS = new Set([
  "no",
  "n",
  "false",
  "f",
  "0",
  "0.0",
  "",
  "-",
  "nein",
  "non",
  "none",
  "null",
  "na",
  "n/a",
  "off",
]);

/** Yes or no as people write it; empty means no, null means neither. */
export function parseBoolean(text: string): boolean | null {
  const key = text.trim().toLowerCase();
  if (TRUE_TEXTS.has(key)) return true;
  return FALSE_TEXTS.has(key) ? false : null;
}
