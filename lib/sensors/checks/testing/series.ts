import { createRandom } from "#lib/math/random";
import type { FlagSpan } from "#lib/sensors/core/flag";
import { learnProfile, type SeriesProfile } from "../core/profile.ts";
import { propertyRule } from "../core/property-rules.ts";

export const STEP_MS = 900_000;
export const DAY_STEPS = 96;
/** A Monday at midnight UTC. */
const START_MS = Date.UTC(2026, 0, 5);
export const at = (index: number, stepMs = STEP_MS) => START_MS + index * stepMs;

/** Daily sine of ±6 with noise of 0.3 around 11, rounded to 0.1 as cheap loggers do; every 15 minutes. */
export function daily(seed: string, days = 20): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: days * DAY_STEPS }, (_, i) => {
    const value = 11 + 6 * Math.sin((2 * Math.PI * i) / DAY_STEPS) + random.normal(0, 0.3);
    return Math.round(value * 10) / 10;
  });
}

/** What a series of one quantity, every 15 minutes, says about itself. */
export function profileOf(values: Float64Array, property = "air_temperature", unit = "Cel"): SeriesProfile {
  const settings = { property, unit, falseAlarmsPerMonth: 0.05, stuckTolerance: 0 };
  const times = values.map((_, i) => at(i));
  return learnProfile(times, values, { ...settings, rule: propertyRule(property, unit) });
}

interface Pushed {
  push(atMs: number, value: number): unknown;
  finish(): void;
}

/** Streams values through a check made for the list it closes its spans into. */
export function stream(
  make: (closed: FlagSpan[]) => Pushed,
  values: ArrayLike<number>,
  instant: (index: number) => number = at,
): FlagSpan[] {
  const closed: FlagSpan[] = [];
  const check = make(closed);
  for (let i = 0; i < values.length; i++) check.push(instant(i), values[i]!);
  check.finish();
  return closed;
}
