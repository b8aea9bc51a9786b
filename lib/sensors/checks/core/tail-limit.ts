/** A Weibull tail is fitted through these two quantiles: both stay put while up to 2 % of the data are faults. */
const BODY = 0.75;
const SHOULDER = 0.98;
const LOG_BODY = -Math.log(1 - BODY);
const LOG_SHOULDER = -Math.log(1 - SHOULDER);
/** Inverse Weibull shape: 0.5 is a Gaussian tail, 1 an exponential one, 2 a heavy one. */
const INVERSE_SHAPE_MIN = 0.5;
const INVERSE_SHAPE_MAX = 2;
/**
 * Values above a hole this wide in the sorted sample are of another kind: a sensor that spikes all day must not teach
 * itself that spikes are usual.
 */
const HOLE_FACTOR = 2;
const HOLE_RESOLUTIONS = 4;
const HOLE_FROM = 0.7;

/** Length of the sorted sample below the first hole in its upper part; all of it when there is none. */
function lengthBelowHole(sorted: Float64Array, resolution: number): number {
  for (let i = Math.max(1, Math.floor(HOLE_FROM * sorted.length)); i < sorted.length; i++) {
    const below = sorted[i - 1]!;
    if (sorted[i]! >= HOLE_FACTOR * below && sorted[i]! - below >= HOLE_RESOLUTIONS * resolution) return i;
  }
  return sorted.length;
}

/**
 * The value that a quantity with the tail of `sample` exceeds with probability `exceedance`.
 *
 * Both quantiles come from the sample, so the limit follows each series' own habits: smooth or jumpy, fine or
 * coarsely rounded. `sample` holds positive finite numbers and is sorted in place. `resolution` (> 0) is the smallest
 * difference that counts; it keeps coarse rounding from giving a limit of zero. `NaN` for an empty sample.
 * Tried: quantiles further inside (50 and 90 %) bear more faults, but underrate the heavy tails of real weather:
 * ten times the false alarms on outdoor loggers.
 */
export function tailLimit(sample: Float64Array, exceedance: number, resolution: number): number {
  if (sample.length === 0) return Number.NaN;
  sample.sort();
  const last = lengthBelowHole(sample, resolution) - 1;
  const shoulder = Math.max(2 * resolution, sample[Math.floor(SHOULDER * last)]!);
  const body = Math.max(resolution, sample[Math.floor(BODY * last)]!);
  const fitted = Math.log(shoulder / body) / Math.log(LOG_SHOULDER / LOG_BODY);
  const inverseShape = Math.min(INVERSE_SHAPE_MAX, Math.max(INVERSE_SHAPE_MIN, fitted));
  const depth = Math.max(LOG_SHOULDER, -Math.log(exceedance));
  return shoulder * (depth / LOG_SHOULDER) ** inverseShape;
}
