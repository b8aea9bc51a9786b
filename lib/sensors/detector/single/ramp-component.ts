import { median } from "#lib/math/quantile";
import { robustStandardDeviation } from "#lib/math/stats";
import type { LevelSpan } from "./bracket-component.ts";
import type { SingleRecord } from "./record.ts";
import type { Snap } from "./snaps.ts";

const DAYS_BACK = 14;
const DAYS_MIN = 2;
/** Steps of the search, and blocks over which the course is averaged. */
const BLOCKS_PER_DAY = 4;
/** An eighth of a day at one value is no measurement. */
const HELD_PER_DAY = 8;
/** Residuals beyond this many scales (rain) count linearly. */
const CLIP = 2;

/**
 * Drifts that end: a slow ramp away from the true level, then a snap of the ramp's size back to it. For every snap
 * the start of the ramp is the one under which the daily changes before the snap are most ordinary once the ramp's
 * slope (size / length) is taken out; changes, not levels, so that rain in between spoils a few blocks only.
 * Strength is the gain in Huber cost per independent day. Drifts that nobody ends are not seen.
 */
export function findRamps(record: SingleRecord, snaps: readonly Snap[]): LevelSpan[] {
  const blockRows = Math.max(1, Math.round(record.dayRows / BLOCKS_PER_DAY));
  const usual = usualDailyChange(record, blockRows);
  if (!(usual.scale > 0)) return [];
  const spans: LevelSpan[] = [];
  for (const snap of snaps) {
    if (isHeld(record, snap.row)) continue;
    const changes = dailyChanges(record, { from: snap.row - DAYS_BACK * record.dayRows, to: snap.row }, blockRows);
    const scaled = changes.map((change) => (change - usual.centre) / usual.scale);
    const fit = fitRamp(scaled, -snap.size / usual.scale);
    if (fit.rampBlocks === 0) continue;
    const start = Math.max(0, snap.row - fit.rampBlocks * blockRows);
    spans.push({
      start,
      end: snap.row,
      size: -snap.size,
      strength: fit.gain * Math.min(3, snap.sharpness / 24),
      mismatch: 0,
    });
  }
  return spans;
}

/** A series that stands still on one side of the snap was stuck or stops there: it did not drift. */
function isHeld({ filled, dayRows }: SingleRecord, row: number): boolean {
  const rows = Math.max(2, Math.round(dayRows / HELD_PER_DAY));
  const holds = (from: number, to: number) => filled.subarray(from, to).every((value) => value === filled[from]);
  return holds(Math.max(0, row - rows), row) || holds(row, row + rows);
}

function usualDailyChange(record: SingleRecord, blockRows: number): { centre: number; scale: number } {
  const changes = dailyChanges(record, { from: 0, to: record.filled.length }, blockRows);
  return { centre: median(changes), scale: Math.max(robustStandardDeviation(changes), record.resolution) };
}

/** Differences of block means one day apart, newest first. */
function dailyChanges(
  { filled }: SingleRecord,
  { from, to }: { from: number; to: number },
  blockRows: number,
): number[] {
  const means: number[] = [];
  for (let end = to; end - blockRows >= Math.max(0, from); end -= blockRows) {
    let sum = 0;
    for (let i = end - blockRows; i < end; i++) sum += filled[i]!;
    means.push(sum / blockRows);
  }
  return means.slice(0, -BLOCKS_PER_DAY).map((mean, k) => mean - means[k + BLOCKS_PER_DAY]!);
}

function fitRamp(changes: readonly number[], size: number): { rampBlocks: number; gain: number } {
  let best = { rampBlocks: 0, gain: 0 };
  let plain = 0;
  for (let length = 1; length <= changes.length; length++) {
    plain += huber(changes[length - 1]!);
    if (length < DAYS_MIN * BLOCKS_PER_DAY) continue;
    const slope = (size * BLOCKS_PER_DAY) / length;
    let left = 0;
    for (let k = 0; k < length; k++) left += huber(changes[k]! - slope);
    const gain = (plain - left) / BLOCKS_PER_DAY;
    if (gain > best.gain) best = { rampBlocks: length, gain };
  }
  return best;
}

function huber(z: number): number {
  const size = Math.abs(z);
  return size <= CLIP ? (z * z) / 2 : CLIP * (size - CLIP / 2);
}
