import { clockShifts } from "../../detector/network/clock-shifts.ts";
import { segment } from "../../detector/network/segment.ts";
import { scored, weightOf } from "../change-point/change-point-check.ts";

const SPAN_PRICE = 60;
const CLIP_SIGMAS = 15;

/**
 * Purpose: finds times in which a sensor's clock was off: it shows what neighbours or a reference showed hours before
 * or after. Method: for shifts of 2 to 10 h either way, how much better the shifted expectation explains the values
 * (a cross-correlation hour by hour), added up over the span that gains most. `own` and `expectation` per hour, NaN =
 * missing; `sigma` = usual size of their difference. Size in hours, positive = the sensor shows what happens later.
 * Not for: shifts of an hour or less; quantities without a daily course.
 */
export function findClockShifts(own: Float64Array, expectation: Float64Array, sigma: number) {
  const sigmas = new Float64Array(own.length).fill(sigma);
  const weight = new Float64Array(own.length).fill(weightOf(sigma));
  const limit = CLIP_SIGMAS * sigma;
  const residual = own.map((value, t) => Math.max(-limit, Math.min(limit, value - expectation[t]!)));
  const spans = segment({
    residual,
    weight,
    spanPrice: SPAN_PRICE,
    // Nothing constant lasts that long: only shifts are looked for.
    level: { kind: "bias", hoursMin: Infinity },
    hasDrift: false,
    additive: clockShifts(own, { expectation, sigma: sigmas, residual, weight, clipSigmas: CLIP_SIGMAS }),
  });
  return scored(spans);
}
