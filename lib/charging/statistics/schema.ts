import { z } from "zod";

export const chargingStatisticsParams = z.object({
  year: z.number().int().min(1990).max(2200).nullable().default(null).meta({ label: "Year", hint: "Empty: all years" }),
});
export type ChargingStatisticsParams = z.output<typeof chargingStatisticsParams>;

export const chargingStatisticsInputs = z.object({
  datasetIds: z
    .array(z.uuid())
    .min(1)
    .max(100)
    .meta({
      label: "Datasets",
      hint: "Charging sessions; one piece of a split file stands for all of them.",
      refersTo: { to: "dataset", kinds: ["charging-sessions", "charging-fleet-sessions"] },
    }),
});
export type ChargingStatisticsInputs = z.output<typeof chargingStatisticsInputs>;

/** Sessions by place and local calendar day. */
export interface PlacedSessions {
  rowCount: number;
  county: readonly (string | null)[];
  zip: readonly (string | null)[];
  year: Float64Array;
  month: Float64Array;
  dayOfYear: Float64Array;
  energyKwh: Float64Array;
}

export interface ChargingStatisticsData {
  batches: AsyncIterable<PlacedSessions> | Iterable<PlacedSessions>;
  rowCount: number;
}

const placeStatistics = z.object({
  place: z.string(),
  sessions: z.number().int().nonnegative(),
  energyKwh: z.number(),
  /** Largest energy delivered on one day, and that day. */
  dayEnergyKwhMax: z.number(),
  dayOfMax: z.string(),
});
export type PlaceStatistics = z.output<typeof placeStatistics>;

export const chargingStatisticsResult = z.object({
  year: z.number().int().nullable(),
  counties: z.array(placeStatistics),
  zips: z.array(placeStatistics.extend({ county: z.string() })),
  months: z.array(
    z.object({ county: z.string(), year: z.number().int(), month: z.number().int(), energyKwh: z.number() }),
  ),
  /** Sessions whose record names no county; they are in no row. */
  unplacedSessions: z.number().int().nonnegative(),
});
export type ChargingStatisticsResult = z.output<typeof chargingStatisticsResult>;
