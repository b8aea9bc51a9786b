import type { EntryKind } from "../schema.ts";

const KINDS: readonly (readonly [RegExp, EntryKind])[] = [
  [/\.(csv|tsv|tab)$/i, "table"],
  [/\.geojson$/i, "map"],
  [/\.(png|jpe?g)$/i, "image"],
  [/\.(txt|log|md|json|jsonl|ya?ml|toml|ini|py|xml|html?|svg)$/i, "text"],
];

/** How a file in a zip is worth showing, going by its name; what it really is, is looked at when it is opened. */
export function entryKindOf(path: string): EntryKind {
  return KINDS.find(([name]) => name.test(path))?.[1] ?? "none";
}

/** PNG or JPEG, from the first bytes; a name alone must not decide what a browser is told to show. */
export function imageTypeOf(head: Uint8Array): "image/png" | "image/jpeg" | null {
  const starts = (bytes: readonly number[]) => bytes.every((byte, index) => head[index] === byte);
  if (starts([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return "image/png";
  return starts([0xff, 0xd8, 0xff]) ? "image/jpeg" : null;
}
