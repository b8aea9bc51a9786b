import type { ValueDomain } from "./spec.ts";

/** The sequential palette has this many classes (`--seq-1` to `--seq-7`). */
export const VALUE_CLASS_COUNT = 7;

/** Class 1 to 7 of a value, equal steps over the domain, the ends open; 0 when there is no value. */
export function valueClass(value: number | null | undefined, domain: ValueDomain): number {
  if (value === null || value === undefined || !Number.isFinite(value)) return 0;
  const share = (value - domain.min) / (domain.max - domain.min);
  return Math.max(1, Math.min(VALUE_CLASS_COUNT, Math.floor(share * VALUE_CLASS_COUNT) + 1));
}

/** The colour of a mark: its class, or its kind where the values are kinds; 0 = none. */
export function markClass(value: number | null | undefined, domain: ValueDomain): number {
  return domain.categories ? Math.round(value ?? 0) : valueClass(value, domain);
}

/** The eight limits of the seven classes. */
export function classLimits(domain: ValueDomain): number[] {
  const step = (domain.max - domain.min) / VALUE_CLASS_COUNT;
  return Array.from({ length: VALUE_CLASS_COUNT + 1 }, (_, i) => domain.min + i * step);
}
