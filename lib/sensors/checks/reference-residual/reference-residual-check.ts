import { median } from "#lib/math/quantile";
import { robustStandardDeviation } from "#lib/math/stats";
import { usualLevel } from "./usual-level.ts";

const HOURS_MIN = 72;
const GROUP_MIN = 4;
/** Usual deviations beyond which an hour is flagged: a station some kilometres off has weather of its own. */
const THRESHOLD = 8;
/** Accuracies of the sensor beyond which a difference can matter at all. */
const ACCURACIES_MIN = 4;

export interface UsualDifference {
  /** Usual sensor minus reference by hour of the day (UTC), unit of the values. */
  byHour: Float64Array;
  /** Usual size of what is left, one standard deviation. */
  sd: number;
  /** The same from one day to the next: a fault that lasts or grows slowly does not widen it. */
  dailySd: number;
}

/**
 * What a sensor's difference to its reference station usually is: another height, shade, a courtyard's night.
 * `difference` per hour, NaN = missing. Null with less than three days.
 */
export function learnUsualDifference(difference: Float64Array, hourOfDay: Uint8Array): UsualDifference | null {
  const groups = Array.from({ length: 24 }, (): number[] => []);
  let known = 0;
  difference.forEach((value, t) => {
    if (Number.isNaN(value)) return;
    groups[hourOfDay[t]!]!.push(value);
    known += 1;
  });
  if (known < HOURS_MIN) return null;
  const all = median(groups.flat());
  const byHour = Float64Array.from(groups, (group) => (group.length >= GROUP_MIN ? median(group) : all));
  const residual = difference.map((value, t) => value - byHour[hourOfDay[t]!]!);
  const sd = robustStandardDeviation(residual);
  const fromDayToDay = difference.map((value, t) => value - (difference[t - 24] ?? Number.NaN));
  const dailySd = robustStandardDeviation(fromDayToDay) / Math.SQRT2;
  const steadySd = Number.isFinite(dailySd) ? Math.min(sd, dailySd) : sd;
  const level = usualLevel(residual, steadySd);
  return { byHour: byHour.map((value) => value + level), sd, dailySd: steadySd };
}

/**
 * Purpose: finds hours in which a sensor is far from what its reference station makes one expect.
 * Method: difference to the reference, less the usual one of that hour of the day, in units of what is usually left; at
 * least four times the sensor's accuracy. Streams hour by hour with what was learned before.
 * Not for: faults that last most of the record (see change-point), quantities that differ from garden to garden.
 * Returns how far beyond the limit: above 1 = flagged, NaN = not judged.
 */
export function referenceScore(
  difference: number,
  hourOfDay: number,
  { usual, accuracy }: { usual: UsualDifference; accuracy: number },
): number {
  const limit = Math.max(THRESHOLD * usual.sd, ACCURACIES_MIN * accuracy);
  return limit > 0 ? Math.abs(difference - usual.byHour[hourOfDay]!) / limit : Number.NaN;
}
