import { median } from "#lib/math/quantile";

/** Rain (mm) of a UTC day at or near the sensor, and by how much its soil got wetter in the two days from then (%). */
export interface WetDay {
  rainMm: number;
  risePercent: number;
}

/** Rain that reaches the root zone of most soils. */
const RAIN_MM_MIN = 12;
const EVENTS_MIN = 4;
/** An answer below this share of the usual one is none. */
const DEAF_SHARE = 0.1;
/** Soils that usually answer by less (clay, roofs, pots under eaves) say nothing. */
const RISE_PERCENT_MIN = 2;

/** How much this sensor's soil usually gains from a soaking rain; null when there were too few or it never answers. */
export function learnUsualRise(days: readonly WetDay[]): number | null {
  const rises = days.filter(({ rainMm, risePercent }) => rainMm >= RAIN_MM_MIN && risePercent >= 0);
  if (rises.length < EVENTS_MIN) return null;
  const usual = median(rises.map(({ risePercent }) => risePercent));
  return usual >= RISE_PERCENT_MIN ? usual : null;
}

/**
 * Purpose: finds a soil moisture sensor that no longer answers to rain: out of the soil, broken, or in an air gap.
 * Method: after a soaking rain the soil gains less than a tenth of what it usually does. Streams day by day. Score
 * above 1 = flagged, 0 = answered, NaN = no such rain. Not for: saturated soil (see `isWet`), irrigated beds.
 */
export function deafDayScore({ rainMm, risePercent }: WetDay, usualRisePercent: number, isWet: boolean): number {
  if (!(rainMm >= RAIN_MM_MIN) || Number.isNaN(risePercent) || isWet) return Number.NaN;
  return risePercent >= DEAF_SHARE * usualRisePercent ? 0 : rainMm / RAIN_MM_MIN + 1;
}
