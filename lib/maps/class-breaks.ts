import { quantile } from "#lib/math/quantile";
import { VALUE_CLASS_COUNT } from "./value-classes.ts";

/** `quantiles`: as many areas in each class; `steps`: equally wide classes. */
export const BREAK_METHODS = ["quantiles", "steps"] as const;
export type BreakMethod = (typeof BREAK_METHODS)[number];

const SIGNIFICANT_DIGITS = 2;
const NICE_STEPS = [1, 2, 2.5, 5];

/**
 * Limits between classes, ascending; one class more than limits, at most seven. A value equal to a limit belongs above it.
 * Quantiles suit skewed values (energy by county), of which equal steps would show only the largest. Limits are round
 * numbers; where rounding would join two, they stay as they are.
 */
export function classBreaks(values: readonly number[], method: BreakMethod): number[] {
  const finite = values.filter(Number.isFinite).sort((a, b) => a - b);
  const [min = NaN, max = NaN] = [finite[0], finite.at(-1)];
  if (!(min < max)) return [];
  return method === "quantiles" ? quantileLimits(finite, min) : stepLimits(min, max);
}

function quantileLimits(values: readonly number[], min: number): number[] {
  const aboveMin = values.find((value) => value > min)!;
  const classes = Math.min(VALUE_CLASS_COUNT, new Set(values).size);
  // Many equal values at the lower end are one class, and what is above them another.
  const quantiles = Array.from({ length: classes - 1 }, (_, i) =>
    Math.max(aboveMin, quantile(values, (i + 1) / classes)),
  );
  const exact = [...new Set(quantiles)];
  const round = exact.map((limit) => Number(limit.toPrecision(SIGNIFICANT_DIGITS)));
  const isApart = round.every((limit, i) => limit > (round[i - 1] ?? min)) && round.at(-1)! <= values.at(-1)!;
  return isApart ? round : exact;
}

/** The multiples inside the range of the smallest round step that makes no more than seven classes. */
function stepLimits(min: number, max: number): number[] {
  let power = 10 ** Math.floor(Math.log10((max - min) / VALUE_CLASS_COUNT));
  for (; ; power *= 10) {
    for (const nice of NICE_STEPS) {
      const step = nice * power;
      const first = Math.floor(min / step) + 1;
      const limits = Array.from({ length: VALUE_CLASS_COUNT }, (_, i) =>
        // The count of steps, not their sum: 0.1 added seven times is not 0.7.
        Number(((first + i) * step).toPrecision(12)),
      ).filter((limit) => limit < max);
      if (limits.length < VALUE_CLASS_COUNT) return limits;
    }
  }
}

/** Class 1 (lowest) to `breaks.length + 1` of a value. */
export function classOf(value: number, breaks: readonly number[]): number {
  return 1 + breaks.filter((limit) => value >= limit).length;
}

/** Which of the seven colours a class gets, 1 to 7: fewer classes are spread over all of them, so that they stay apart. */
export function shadeOf(classNumber: number, classCount: number): number {
  if (classCount <= 1) return Math.ceil(VALUE_CLASS_COUNT / 2);
  return 1 + Math.round(((classNumber - 1) * (VALUE_CLASS_COUNT - 1)) / (classCount - 1));
}
