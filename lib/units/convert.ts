import { UNITS } from "./unit-catalogue.ts";
import type { Unit } from "./unit-catalogue.ts";

/** `to = from × scale + offset`. */
export interface Conversion {
  scale: number;
  offset: number;
}

const BY_CODE = new Map(UNITS.map((unit) => [unit.code, unit]));
const BY_SPELLING = new Map<string, Unit>();
for (const unit of UNITS) {
  for (const spelling of [unit.code, unit.label, ...unit.spellings]) {
    const key = spellingKey(spelling);
    if (!BY_SPELLING.has(key)) BY_SPELLING.set(key, unit);
  }
}

/** The unit a text means, or null. Exact codes win, so that `mS/cm` and `MS/cm` do not depend on case alone. */
export function findUnit(text: string): Unit | null {
  const trimmed = text.trim();
  return BY_CODE.get(trimmed) ?? BY_SPELLING.get(spellingKey(trimmed)) ?? null;
}

/** The factor and offset between two unit texts; null when one is unknown or they measure different things. */
export function findConversion(from: string, to: string): Conversion | null {
  const source = findUnit(from);
  const target = findUnit(to);
  if (source === null || target === null || source.dimension !== target.dimension) return null;
  if (source === target) return { scale: 1, offset: 0 };
  return { scale: source.scale / target.scale, offset: (source.offset - target.offset) / target.scale };
}

/** Applies a conversion without leaving binary dust: 15 significant digits are kept (`21.1` °C, not `21.099999999999998`). */
export function applyConversion(value: number, { scale, offset }: Conversion): number {
  return scale === 1 && offset === 0 ? value : roundDust(value * scale + offset);
}

/** Converts one value; NaN when there is no conversion. */
export function convertValue(value: number, from: string, to: string): number {
  const conversion = findConversion(from, to);
  return conversion === null ? NaN : applyConversion(value, conversion);
}

export function isIdentity({ scale, offset }: Conversion): boolean {
  return scale === 1 && offset === 0;
}

/** Rounds to 1e-9 of the unit for everyday sizes; far quicker than toPrecision, and far below any sensor's resolution. */
function roundDust(value: number): number {
  const size = Math.abs(value);
  return size > 1e-3 && size < 1e6 ? Math.round(value * 1e9) / 1e9 : value;
}

function spellingKey(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[\u00b5\u03bc]/g, "u")
    .replaceAll("²", "2")
    .replaceAll("³", "3")
    .replaceAll("⁻", "-")
    .replaceAll("¹", "1")
    .replaceAll(/[\s^·*_]+/g, "")
    .replaceAll("per", "/")
    .replace(/^º/, "°");
}
