import type { AdditiveShape } from "./segment.ts";

const SHIFT_HOURS = [-10, -9, -8, -7, -6, -5, -4, -3, -2, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const SHIFT_HOURS_MIN = 48;
const SHIFT_PRICE = 20;

interface Expected {
  expectation: Float64Array;
  sigma: Float64Array;
  /** Deviations count up to so many standard deviations. */
  clipSigmas: number;
}

/** Value minus expectation per hour, clipped; NaN = missing. */
export function clippedResidual(own: Float64Array, { expectation, sigma, clipSigmas }: Expected): Float64Array {
  return own.map((value, t) => clip(value - expectation[t]!, clipSigmas * sigma[t]!));
}

function clip(value: number, limit: number): number {
  return Math.max(-limit, Math.min(limit, value));
}

/** A sensor whose clock is wrong shows what its neighbours make one expect at another hour. */
export function clockShifts(
  own: Float64Array,
  { expectation, sigma, clipSigmas, residual, weight }: Expected & { residual: Float64Array; weight: Float64Array },
): AdditiveShape[] {
  return SHIFT_HOURS.map((hours) => {
    const gains = own.map((value, t) => {
      const other = clip(value - (expectation[t + hours] ?? Number.NaN), clipSigmas * sigma[t]!);
      return weight[t]! * (residual[t]! ** 2 - other ** 2);
    });
    return { kind: "clock_shift", size: hours, hoursMin: SHIFT_HOURS_MIN, price: SHIFT_PRICE, gains };
  });
}
