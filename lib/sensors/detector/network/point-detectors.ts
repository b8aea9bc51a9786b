import { median, quantile } from "#lib/math/quantile";
import { rollingMax } from "#lib/math/rolling-extremes";
import { rollingMedian } from "#lib/math/rolling-median";
import { longRun, valueRuns } from "./stuck-runs.ts";

/** One sensor at its native rate. */
export interface PointInput {
  values: Float64Array;
  /** What it should have shown. */
  expectation: Float64Array;
  /** Value minus expectation; NaN = missing. */
  residual: Float64Array;
  /** Usual size of the residual, per row. */
  sigma: Float64Array;
  hourOfDay: Uint8Array;
  rowsPerHour: number;
}

export interface PointScores {
  stuck: Float64Array;
  spike: Float64Array;
  burst: Float64Array;
  noise: Float64Array;
  /** Ranks rows that nothing else flags; below 0.3. */
  background: Float64Array;
}

/** Faults of single rows and short bursts: everything that is seen at the native rate only. 1 = as rare as a fault. */
export function scorePoints(input: PointInput): PointScores {
  const { residual, sigma, rowsPerHour } = input;
  const h = Math.max(2, rowsPerHour);
  const filled = residual.map((value) => (Number.isNaN(value) ? 0 : value));
  const relative = filled.map((value, i) => Math.abs(value) / sigma[i]!);
  return {
    stuck: scoreStuck(input, h),
    spike: scoreSpikes(input, filled, h),
    burst: rollingMedian(relative, 2 * h + 1).map((value) => value / 16),
    noise: scoreNoise(input, filled),
    background: rollingMedian(relative, 6 * rowsPerHour + 1).map((value) => Math.min(0.3, value / 40)),
  };
}

/** Long for this sensor, or constant while the network moves. */
function scoreStuck({ values, expectation, sigma, rowsPerHour }: PointInput, h: number): Float64Array {
  const score = new Float64Array(values.length);
  const long = Math.max(4 * rowsPerHour, 2 * longRun(values));
  const typical = median(sigma);
  for (const { start, end } of valueRuns(values, 3)) {
    const length = end - start;
    const expected = expectation.subarray(start, end);
    const moved = length >= h ? quantile(expected, 0.97) - quantile(expected, 0.03) : 0;
    const moving = Number.isNaN(moved) ? 0 : ((length / h) * moved) / (12 * typical);
    score.fill(0.9 * Math.max(length / long, moving), start, end);
  }
  return score;
}

function scoreSpikes({ residual, sigma, hourOfDay }: PointInput, filled: Float64Array, h: number): Float64Array {
  const usual = rollingMedian(filled, 4 * h + 1);
  const distance = filled.map((value, i) => (Number.isNaN(residual[i]!) ? 0 : Math.abs(value - usual[i]!)));
  const byHour = quantileByHour(distance, hourOfDay, 0.98);
  const floor = 12 * median(sigma);
  return distance.map((value, i) => value / Math.max(2.7 * byHour[hourOfDay[i]!]!, floor));
}

function scoreNoise({ residual, sigma, hourOfDay, rowsPerHour }: PointInput, filled: Float64Array): Float64Array {
  const change = filled.map((value, i) =>
    i === 0 || Number.isNaN(residual[i]!) || Number.isNaN(residual[i - 1]!) ? 0 : Math.abs(value - filled[i - 1]!),
  );
  const both = change.map((value, i) => Math.min(value, change[i + 1] ?? value));
  const level = rollingMedian(both, 3 * rowsPerHour + 1);
  const byHour = quantileByHour(level, hourOfDay, 0.85);
  const floor = 2 * median(sigma);
  const raw = level.map((value, i) => value / Math.max(2.9 * byHour[hourOfDay[i]!]!, floor));
  return rollingMax(raw, Math.floor(Math.round(1.5 * rowsPerHour) / 2));
}

/** Quantile of every hour of the day, the largest of it and both its neighbours. */
function quantileByHour(values: Float64Array, hourOfDay: Uint8Array, fraction: number): Float64Array {
  const own = Float64Array.from({ length: 24 }, (_, hour) => {
    const level = quantile(
      values.filter((_, i) => hourOfDay[i] === hour),
      fraction,
    );
    return Number.isFinite(level) ? level : 0;
  });
  return own.map((value, hour) => Math.max(value, own[(hour + 1) % 24]!, own[(hour + 23) % 24]!));
}
