import type { HourSpan } from "./segment.ts";

export const SCORE_MAX = 20;

/** Gains above which spans in healthy records are rare. */
const REFERENCES: Record<Exclude<HourSpan["kind"], "bias">, number> = {
  drift: 300,
  sun_heating: 55,
  clock_shift: 150,
  scale: 150,
  zero: 40,
  misfit: 100,
};
/** True weather deviates for 12 to 36 hours, so short biases need more. */
const BIAS_SHORT = { hours: 36, gain: 900 };
const BIAS_LONG = { hours: 60, gain: 405 };

/** Score of a span: 1 = as rare in healthy records as a fault should be. */
export function spanScore({ kind, gain, start, end }: HourSpan): number {
  const reference = kind === "bias" ? biasReference(end - start) : REFERENCES[kind];
  return Math.min(SCORE_MAX, Math.sqrt(Math.max(0, gain) / reference));
}

function biasReference(hours: number): number {
  const share =
    (Math.log(hours) - Math.log(BIAS_SHORT.hours)) / (Math.log(BIAS_LONG.hours) - Math.log(BIAS_SHORT.hours));
  const within = Math.min(1, Math.max(0, share));
  return BIAS_SHORT.gain * (BIAS_LONG.gain / BIAS_SHORT.gain) ** within;
}
