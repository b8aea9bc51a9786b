import { z } from "zod";
import { defineAlgorithm } from "#lib/algorithms/define";
import { median } from "#lib/math/quantile";
import { matchReferences, type PlacedSensor, type ReferenceMatch } from "../../core/match-references.ts";
import { matchReferencesResult, type MatchReferencesResult } from "./schema.ts";

export interface MatchReferencesData {
  sensors: PlacedSensor[];
  /** Filled by the run; what is stored. */
  matches: ReferenceMatch[];
}

/**
 * Purpose: the nearest reference stations of every sensor.
 * Method: great-circle distance, at most three within 50 km and 300 m of height. Cost: 1 s for 100,000 sensors.
 */
export const matchReferencesAlgorithm = defineAlgorithm({
  slug: "match-references",
  version: 1,
  title: "Nearest stations",
  summary: "Finds the reference stations that are near enough to compare each sensor with.",
  params: z.object({}),
  inputs: z.object({}),
  result: matchReferencesResult,
  timeoutS: 600,
  memoryMb: 1_024,
  run: (_params: unknown, data: MatchReferencesData): MatchReferencesResult => {
    data.matches = matchReferences(data.sensors);
    const nearest = data.matches.filter(({ rank }) => rank === 0);
    const stationCount = data.sensors.filter(({ isReference }) => isReference).length;
    const isSensor = new Set(data.sensors.filter(({ isReference }) => !isReference).map(({ id }) => id));
    const own = nearest.filter(({ sensorId }) => isSensor.has(sensorId));
    return {
      sensorCount: isSensor.size,
      stationCount,
      matchedCount: own.length,
      medianDistanceM: own.length > 0 ? median(own.map(({ distanceM }) => distanceM)) : null,
    };
  },
  view: ({ sensorCount, stationCount, matchedCount, medianDistanceM }) => [
    {
      kind: "metrics",
      metrics: {
        items: [
          { label: "Sensors with a position", value: sensorCount, decimals: 0 },
          { label: "Reference stations", value: stationCount, decimals: 0 },
          { label: "Sensors with a station near enough", value: matchedCount, decimals: 0 },
          {
            label: "Median distance",
            value: medianDistanceM === null ? null : medianDistanceM / 1000,
            unit: "km",
            decimals: 1,
          },
        ],
      },
    },
  ],
});
