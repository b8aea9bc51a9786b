/** A regularly sampled series: value i belongs to `startAt + i · stepMin`. Missing is NaN, never 0. */
export interface Series {
  /** Instant of the first value, epoch ms. */
  startAt: number;
  /** Sampling step in minutes, > 0; fractions allowed. */
  stepMin: number;
  values: Float64Array;
}

/** An irregular series: instants (epoch ms, ascending) and their values (NaN = missing), equally long. */
export interface Samples {
  t: Float64Array;
  v: Float64Array;
}

const MS_PER_MINUTE = 60_000;

/** Epoch ms of value `index` (may lie outside the series). */
export function instantAt(series: Series, index: number): number {
  return series.startAt + index * series.stepMin * MS_PER_MINUTE;
}

/** Index of the step that contains the instant; below 0 or past the end when outside the series. */
export function indexAt(series: Series, atMs: number): number {
  return Math.floor((atMs - series.startAt) / (series.stepMin * MS_PER_MINUTE));
}

/** The part of a series with instants in [fromMs, toMs). Shares memory with the original. */
export function sliceSeries(series: Series, fromMs: number, toMs: number): Series {
  const stepMs = series.stepMin * MS_PER_MINUTE;
  const clamp = (index: number) => Math.min(series.values.length, Math.max(0, index));
  const from = clamp(Math.ceil((fromMs - series.startAt) / stepMs));
  const to = Math.max(from, clamp(Math.ceil((toMs - series.startAt) / stepMs)));
  return { ...series, startAt: instantAt(series, from), values: series.values.subarray(from, to) };
}

/** The same values with an explicit instant each. */
export function toSamples(series: Series): Samples {
  const t = Float64Array.from(series.values, (_, index) => instantAt(series, index));
  return { t, v: series.values };
}

/**
 * Means of irregular samples per step of a regular grid of `count` steps from `startAt`; steps without a finite value
 * are NaN, samples outside the grid are left out.
 */
export function toSeries(samples: Samples, grid: { startAt: number; stepMin: number; count: number }): Series {
  const sums = new Float64Array(grid.count);
  const counts = new Uint32Array(grid.count);
  const series: Series = { startAt: grid.startAt, stepMin: grid.stepMin, values: new Float64Array(grid.count) };
  for (let i = 0; i < samples.t.length; i++) {
    const step = indexAt(series, samples.t[i]!);
    const value = samples.v[i]!;
    if (step < 0 || step >= grid.count || !Number.isFinite(value)) continue;
    sums[step]! += value;
    counts[step]! += 1;
  }
  for (let i = 0; i < grid.count; i++) series.values[i] = counts[i]! > 0 ? sums[i]! / counts[i]! : NaN;
  return series;
}
