import { quantile } from "#lib/math/quantile";
import { rollingMax } from "#lib/math/rolling-extremes";
import { rollingMedian } from "#lib/math/rolling-median";
import type { SingleRecord } from "./record.ts";

/** A change of level within one row, quiet before and after it. */
export interface Snap {
  /** First row of the new level. */
  row: number;
  /** New minus old level. */
  size: number;
  /** |change| over the mean of the eight changes around it: weather is rarely above 10, a switch always. */
  sharpness: number;
}

/** Sharpness beyond which only the size of a snap matters. */
export const SURE_SHARPNESS = 12;
const SIDE_ROWS = 4;
const SNAPS_MAX = 80;

/** Usual large change of the series: what snaps are measured in. */
export function usualChange({ changes, isThere, resolution }: SingleRecord): number {
  const known = changes.filter((_, i) => isThere[i]);
  return Math.max(quantile(known, 0.97), 2 * resolution) || 0;
}

/**
 * Usual large change around every row: what stands out in a quiet stretch need not in a rough one. Median over a day of
 * the largest change within an hour, three times, never more than that of the whole series: two snaps cannot raise it,
 * a rough half day does.
 */
export function usualChangeNearby(record: SingleRecord): Float64Array {
  const most = usualChange(record);
  const hourMost = rollingMax(record.changes, Math.max(1, Math.round(record.dayRows / 24)));
  const floor = 4 * record.resolution;
  return rollingMedian(hourMost, record.dayRows).map((usual) => Math.min(most, Math.max(3 * usual, floor)));
}

/**
 * Sharp changes of level, in time order: at least `sharpnessMin` times as large as the changes around them, and the
 * medians of four rows on both sides differ by most of the change (so that a spike is none), and it is twice the usual
 * large change there. The largest are kept.
 */
export function findSnaps(record: SingleRecord, sharpnessMin: number, usual: Float64Array): Snap[] {
  const { filled, changes, isThere, resolution } = record;
  const medians = rollingMedian(filled, SIDE_ROWS);
  const snaps: Snap[] = [];
  for (let row = SIDE_ROWS; row + SIDE_ROWS <= filled.length; row++) {
    if (!(usual[row]! > 0) || changes[row]! < 2 * usual[row]! || !isThere[row]) continue;
    let around = 0;
    for (let k = 1; k <= SIDE_ROWS; k++) around += changes[row - k]! + (changes[row + k] ?? 0);
    const sharpness = changes[row]! / (around / (2 * SIDE_ROWS) + resolution);
    // rollingMedian(4) at i covers i-1 … i+2.
    const size = medians[row + 1]! - medians[row - SIDE_ROWS + 1]!;
    if (sharpness < sharpnessMin || Math.abs(size) < 0.7 * changes[row]!) continue;
    snaps.push({ row, size, sharpness });
  }
  if (snaps.length > SNAPS_MAX) {
    snaps.sort((a, b) => Math.abs(b.size) - Math.abs(a.size));
    snaps.length = SNAPS_MAX;
  }
  return snaps.sort((a, b) => a.row - b.row);
}
