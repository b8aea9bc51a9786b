import { z } from "zod";

const count = z.number().int().nonnegative();

export const matchReferencesResult = z.object({
  sensorCount: count,
  stationCount: count,
  /** Sensors that have a station near enough. */
  matchedCount: count,
  medianDistanceM: z.number().nullable(),
});
export type MatchReferencesResult = z.output<typeof matchReferencesResult>;
