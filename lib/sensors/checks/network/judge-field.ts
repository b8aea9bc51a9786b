import type { FlagSpan } from "#lib/sensors/core/flag";
import { quantityText } from "#lib/sensors/core/quantity-text";
import { BUDDY_TEMPERATURE, type BuddyStation, checkBuddies } from "../buddy/buddy-check.ts";
import { spansOfHours } from "../core/flagged-hours.ts";
import { SpatialConsistencyCheck } from "../spatial-consistency/spatial-consistency-check.ts";
import type { FieldRule } from "./field-rules.ts";
import type { HourFrame } from "./hours.ts";

/** Only so near stations have a say, of them the nearest so many. */
export const RADIUS_M = 30_000;
export const NEIGHBOURS = 15;
export const NEIGHBOURS_MIN = 5;

interface Field {
  stations: readonly BuddyStation[];
  /** Hourly medians of each station. */
  hourly: readonly Float64Array[];
  frame: HourFrame;
  rule: FieldRule;
  unit: string;
  threshold: number;
  hoursMin: number;
}

export interface FieldFindings {
  spans: FlagSpan[];
  /** Which of both checks could judge the station at all. */
  isBuddyJudged: boolean;
  isSpatialJudged: boolean;
}

/** Every station of one quantity against its neighbours, hour by hour: by their mean, and by the field they show. */
export function judgeField({ stations, hourly, frame, rule, unit, threshold, hoursMin }: Field): FieldFindings[] {
  const spatial = new SpatialConsistencyCheck(stations, {
    ...{ radiusM: RADIUS_M, neighbours: NEIGHBOURS, neighboursMin: NEIGHBOURS_MIN, threshold },
    ...{ elevationGradientPerM: rule.gradientPerM, errorMin: rule.errorMin },
  });
  const buddy = {
    ...{ ...BUDDY_TEMPERATURE, threshold },
    ...{ elevationGradientPerM: rule.gradientPerM, standardDeviationMin: rule.errorMin },
  };
  const empty = () => stations.map(() => new Float64Array(frame.count).fill(Number.NaN));
  const [buddyScores, spatialScores, residuals] = [empty(), empty(), empty()];
  const values = new Float64Array(stations.length);
  for (let hour = 0; hour < frame.count; hour++) {
    for (let i = 0; i < stations.length; i++) values[i] = hourly[i]![hour]!;
    const [near, field] = [checkBuddies(stations, values, buddy), spatial.judge(values)];
    for (let i = 0; i < stations.length; i++) {
      buddyScores[i]![hour] = Math.abs(near.deviations[i]!) / threshold;
      spatialScores[i]![hour] = Math.abs(field.deviations[i]!) / threshold;
      residuals[i]![hour] = field.residuals[i]!;
    }
  }
  const isJudged = (scores: Float64Array) => scores.some((score) => !Number.isNaN(score));
  return stations.map((_, i) => {
    const times = ({ worst }: { worst: number }) => (buddyScores[i]![worst]! * threshold).toFixed(1);
    const common = { startMs: frame.startMs, hoursMin };
    return {
      isBuddyJudged: isJudged(buddyScores[i]!),
      isSpatialJudged: isJudged(spatialScores[i]!),
      spans: [
        ...spansOfHours({
          ...common,
          check: "buddy",
          scores: buddyScores[i]!,
          reason: (span) =>
            `Up to ${times(span)} standard deviations from the mean of the stations within 10 km; ${threshold} is the limit.`,
        }),
        ...spansOfHours({
          ...common,
          check: "spatial consistency",
          scores: spatialScores[i]!,
          reason: ({ worst }) => {
            const off = residuals[i]![worst]!;
            const size = quantityText(Math.abs(off), unit);
            return `Up to ${size} too ${off < 0 ? "low" : "high"} for the field that its neighbours show.`;
          },
        }),
      ],
    };
  });
}
