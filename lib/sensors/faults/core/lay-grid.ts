import type { BlockSeries } from "../../blocks/split-blocks.ts";
import type { DetectorInput } from "../../detector/detect-faults.ts";

/** Longest and shortest step of a grid, ms: a minute to an hour. */
const STEP_MS_MIN = 60_000;
const STEP_MS_MAX = 3_600_000;
/** More rows than this would be finer than any detector looks. */
const ROWS_MAX = 20_000;

/**
 * Lays series on one grid: every observation stands in the row whose time it falls into, the newest of a row counts,
 * rows without one are missing. `stepMs` is the usual step of the block.
 */
export function layGrid(series: readonly BlockSeries[], stepMs: number): DetectorInput {
  const known = series.filter(({ times }) => times.length > 0);
  const from = Math.min(...known.map(({ times }) => times[0]!));
  const to = Math.max(...known.map(({ times }) => times.at(-1)!));
  if (known.length === 0) return { timestamps: new Float64Array(0), channels: [] };
  const step = Math.max(Math.min(STEP_MS_MAX, Math.max(STEP_MS_MIN, stepMs)), (to - from) / ROWS_MAX);
  const first = Math.floor(from / step);
  const rows = Math.floor(to / step) - first + 1;
  const timestamps = Float64Array.from({ length: rows }, (_, i) => (first + i) * step);
  const channels = series.map(({ datastreamId, sensorId, observedProperty, times, values }) => {
    const laid = new Float64Array(rows).fill(Number.NaN);
    for (let i = 0; i < times.length; i++) laid[Math.floor(times[i]! / step) - first] = values[i]!;
    return { id: datastreamId, deviceId: sensorId, property: observedProperty, values: laid };
  });
  return { timestamps, channels };
}
