import { formatNumber } from "./numbers.ts";

/** `a`, `a and b`, `a, b and c`; beyond `max` items `a, b and 3 more`. */
export function joinList(items: readonly string[], max = Infinity): string {
  const shown = items.length > max ? [...items.slice(0, max), `${formatNumber(items.length - max)} more`] : items;
  if (shown.length < 2) return shown[0] ?? "";
  return `${shown.slice(0, -1).join(", ")} and ${shown.at(-1) ?? ""}`;
}

/** A counted noun: `1 row`, `1,204 rows`, `2 categories` (with `many` given). */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count, { decimalsMax: 0 })} ${count === 1 ? one : many}`;
}

/** A long identifier with its middle left out: `51b0…9d`. Always offer the whole one to copy. */
export function shortHash(hash: string): string {
  return hash.length <= 8 ? hash : `${hash.slice(0, 4)}…${hash.slice(-2)}`;
}
