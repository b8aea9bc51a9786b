import { quantile } from "#lib/math/quantile";

/**
 * Sampling step of a stream from some of its instants (epoch ms, ascending): the lower quartile of the steps, because
 * missing values only lengthen them. NaN below two distinct instants.
 */
export function usualStepMs(timestamps: Float64Array): number {
  const steps = timestamps.subarray(1).map((time, i) => time - timestamps[i]!);
  return quantile(
    steps.filter((step) => step > 0),
    0.25,
  );
}
