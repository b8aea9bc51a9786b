import { robustStandardDeviation } from "#lib/math/stats";
import { type HourSpan, segment } from "../../detector/network/segment.ts";
import { spanScore } from "../../detector/network/score-spans.ts";

/** Hours in a row are alike: so many count as one. */
export const INFLATION = 6;
const SPAN_PRICE = 60;
const BIAS_HOURS_MIN = 36;
/** Deviations beyond so many usual ones count no more. */
const CLIP_SIGMAS = 15;

/**
 * Purpose: finds the whole of a bias or drift against neighbours or a reference, not its edges only.
 * Method: the residual per hour (NaN = missing) is explained by as few constant or linear spans as possible, each at a
 * fixed price (`detector/network/segment`: dynamic programme, exact). Source: semi-Markov change-point detection.
 * Cost: hours × 336. Streams by judging the last weeks anew. `sigma` is the residual's usual size; absent, its own.
 * Score above 1 = rarer than a fault in a healthy record.
 */
export function findChangePoints(
  residual: Float64Array,
  sigma: number = robustStandardDeviation(residual),
): (HourSpan & { score: number })[] {
  const limit = CLIP_SIGMAS * sigma;
  const spans = segment({
    residual: residual.map((value) => Math.max(-limit, Math.min(limit, value))),
    weight: new Float64Array(residual.length).fill(weightOf(sigma)),
    spanPrice: SPAN_PRICE,
    level: { kind: "bias", hoursMin: BIAS_HOURS_MIN },
    hasDrift: true,
    additive: [],
  });
  return scored(spans);
}

export const weightOf = (sigma: number) => (sigma > 0 ? 1 / (INFLATION * sigma * sigma) : 0);

export const scored = (spans: readonly HourSpan[]) => spans.map((span) => ({ ...span, score: spanScore(span) }));
