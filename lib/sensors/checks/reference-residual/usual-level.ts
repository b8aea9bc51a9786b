import { median } from "#lib/math/quantile";

/** A day with fewer hours may have missed half of its course. */
const DAY_HOURS_MIN = 12;
/** Days no further from a level than this many usual deviations share it. */
const SHARED_SDS = 1.5;
/** A healthy record wanders by so much; what is nearer to the median than this is the median. */
const BENT_SDS = 0.5;
const ROUNDS_MAX = 10;

/**
 * The level that most days share, of equals the earliest: that at which the sensor was put up. Zero where it hardly
 * differs from the median of all hours, which is bent by what lasts: a drift over half of a record makes its healthy
 * half look wrong. `residual` per hour (NaN = missing), its median and the habits of the hour taken out; `sd` its usual
 * size from day to day. Tried: the earliest of levels that four in five as many days share (twice the false alarms on
 * healthy loggers, whose difference to a station wanders); narrower levels (a standard deviation: the same).
 */
export function usualLevel(residual: Float64Array, sd: number): number {
  const days = dayLevels(residual);
  const counts = days.map((level) => sharing(days, level, sd).length);
  let level = days[counts.indexOf(Math.max(...counts))] ?? 0;
  // From a day at the edge of a level to its middle.
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const next = median(sharing(days, level, sd));
    if (!(Math.abs(next - level) > 0)) break;
    level = next;
  }
  return Math.abs(level) > BENT_SDS * sd ? level : 0;
}

const sharing = (days: readonly number[], level: number, sd: number) =>
  days.filter((other) => Math.abs(other - level) <= SHARED_SDS * sd);

function dayLevels(residual: Float64Array): number[] {
  const levels: number[] = [];
  for (let from = 0; from < residual.length; from += 24) {
    const known = residual.subarray(from, from + 24).filter((value) => !Number.isNaN(value));
    if (known.length >= DAY_HOURS_MIN) levels.push(median(known));
  }
  return levels;
}
