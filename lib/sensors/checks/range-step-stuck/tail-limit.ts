import { selectInPlace } from "#lib/math/quantile";

/** A Weibull tail is fitted through these two quantiles: both stay put while up to 2 % of the data are faults. */
const BODY = 0.75;
const SHOULDER = 0.98;
const LOG_BODY = -Math.log(1 - BODY);
const LOG_SHOULDER = -Math.log(1 - SHOULDER);
/** Inverse Weibull shape: 0.5 is a Gaussian tail, 1 an exponential one, 2 a heavy one. */
const INVERSE_SHAPE_MIN = 0.5;
const INVERSE_SHAPE_MAX = 2;

/**
 * The value that a quantity with the tail of `sample` exceeds with probability `exceedance`.
 *
 * Both quantiles come from the sample, so the limit follows each series' own habits: smooth or jumpy, fine or
 * coarsely rounded. `sample` holds positive finite numbers and is reordered. `resolution` (> 0) is the smallest
 * difference that counts; it keeps coarse rounding from giving a limit of zero. `NaN` for an empty sample.
 */
export function tailLimit(sample: Float64Array, exceedance: number, resolution: number): number {
  const n = sample.length;
  if (n === 0) return Number.NaN;
  const shoulder = Math.max(2 * resolution, selectInPlace(sample, Math.floor(SHOULDER * (n - 1))));
  const body = Math.max(resolution, selectInPlace(sample, Math.floor(BODY * (n - 1))));
  const fitted = Math.log(shoulder / body) / Math.log(LOG_SHOULDER / LOG_BODY);
  const inverseShape = Math.min(INVERSE_SHAPE_MAX, Math.max(INVERSE_SHAPE_MIN, fitted));
  const depth = Math.max(LOG_SHOULDER, -Math.log(exceedance));
  return shoulder * (depth / LOG_SHOULDER) ** inverseShape;
}
