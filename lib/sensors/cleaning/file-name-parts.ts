import { propertyOfName } from "#lib/units/observed-properties";

export interface FileNameParts {
  /** Name without folders and extensions. */
  stem: string;
  /** The part before the quantity, or the whole stem. */
  sensorCode: string;
  /** Catalogue id of the quantity that the name ends with, or null. */
  observedProperty: string | null;
}

const EXTENSIONS = /(\.(csv|tsv|txt|dat|log|gz|gzip|zip|asc|prn))+$/i;

/** `TonyGrove2014_temp.csv.gz` → sensor `TonyGrove2014`, air temperature. The longest quantity at the end wins. */
export function readFileName(fileName: string): FileNameParts {
  const base = fileName.split(/[/\\]/).at(-1) ?? fileName;
  const stem = base.replace(EXTENSIONS, "").trim() || base;
  const words = stem.split(/[_\-. ]+/);
  for (let count = Math.min(3, words.length - 1); count >= 1; count--) {
    const property = propertyOfName(words.slice(-count).join("_"));
    if (property === null) continue;
    const front = words.slice(0, -count);
    return { stem, sensorCode: startOf(stem, front), observedProperty: property.id };
  }
  return { stem, sensorCode: stem, observedProperty: null };
}

/** The beginning of the stem that holds these words, with its own separators. */
function startOf(stem: string, words: readonly string[]): string {
  let end = 0;
  for (const word of words) end = stem.indexOf(word, end) + word.length;
  return stem.slice(0, end);
}
