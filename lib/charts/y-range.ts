import { quantile } from "#lib/math/quantile";
import { extent } from "#lib/math/stats";

export interface YRange {
  min: number;
  max: number;
  /** Drawn points that lie outside: so far off that showing them would flatten everything else. */
  outside: number;
}

const PADDING = 0.08;
/** Extremes are cut off when they stretch the axis to more than this many times the bulk of the values. */
const STRETCH_MAX = 6;

/**
 * The y axis for the given values. Holds all of them unless a few extremes (an error code, −999) would flatten the
 * rest; those are counted as `outside`; `stretchMax` sets how far they may. `fromZero` starts amounts at 0.
 */
export function yRangeOf(values: ArrayLike<number>, options: { fromZero?: boolean; stretchMax?: number } = {}): YRange {
  const all = extent(values);
  if (Number.isNaN(all.min)) return { min: 0, max: 1, outside: 0 };
  const bulk = { min: quantile(values, 0.01), max: quantile(values, 0.99) };
  const bulkSpan = bulk.max - bulk.min;
  const isStretched = bulkSpan > 0 && all.max - all.min > (options.stretchMax ?? STRETCH_MAX) * bulkSpan;
  let { min, max } = isStretched
    ? { min: Math.max(all.min, bulk.min - bulkSpan / 2), max: Math.min(all.max, bulk.max + bulkSpan / 2) }
    : all;
  if (options.fromZero && min >= 0) min = 0;
  if (min === max) {
    const half = Math.abs(min) * 0.1 || 1;
    min -= half;
    max += half;
  }
  const padding = (max - min) * PADDING;
  const range = { min: options.fromZero && min === 0 ? 0 : min - padding, max: max + padding };
  let outside = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    if (value < range.min || value > range.max) outside++;
  }
  return { ...range, outside };
}
