import { quantile } from "#lib/math/quantile";

/** Brightest light and range of the temperature on one day (UTC), NaN = not known. */
export interface LitDay {
  luxMax: number;
  temperatureRange: number;
}

export interface UsualLight {
  luxMax: number;
  temperatureRange: number;
}

const DAYS_MIN = 7;
/** A day is dark for this sensor below this share of its usual brightest light. */
const DARK_SHARE = 0.02;
/** The temperature moves as on an ordinary day from this share of its usual range on. */
const ORDINARY_SHARE = 0.6;

/** What this sensor's bright days are like; null with less than a week. */
export function learnUsualLight(days: readonly LitDay[]): UsualLight | null {
  const known = days.filter(({ luxMax, temperatureRange }) => luxMax >= 0 && temperatureRange >= 0);
  if (known.length < DAYS_MIN) return null;
  const of = (read: (day: LitDay) => number, share: number) => quantile(known.map(read), share);
  const luxMax = of((day) => day.luxMax, 0.75);
  return luxMax > 0 ? { luxMax, temperatureRange: of((day) => day.temperatureRange, 0.5) } : null;
}

/**
 * Purpose: finds a light sensor that went dark while the thermometer beside it still sees the sun.
 * Method: a day whose light hardly reaches a fiftieth of what is usual, though the temperature moves as on an ordinary
 * day. Streams day by day. Score above 1 = flagged. Not for: polar night (the temperature does not move then), shade
 * that both are in.
 */
export function darkDayScore({ luxMax, temperatureRange }: LitDay, usual: UsualLight): number {
  if (!(luxMax >= 0) || !(temperatureRange >= 0)) return Number.NaN;
  if (luxMax > DARK_SHARE * usual.luxMax) return 0;
  return temperatureRange / Math.max(ORDINARY_SHARE * usual.temperatureRange, Number.MIN_VALUE);
}
