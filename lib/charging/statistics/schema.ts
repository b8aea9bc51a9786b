import { z } from "zod";
import { sessionDatasetIds } from "../core/session-datasets.ts";
import type { CountyIndex } from "#lib/geo/county-index";
import { stateFips } from "#lib/geo/us-states";

export const chargingStatisticsParams = z.object({
  year: z.number().int().min(1990).max(2200).nullable().default(null).meta({ label: "Year", hint: "Empty: all years" }),
  state: z
    .string()
    .max(60)
    .default("")
    .refine((state) => state.trim() === "" || stateFips(state) !== null, "Write a state of the US: California, or CA.")
    .meta({
      label: "State",
      hint: "Of counties whose records name none. Empty: those in several states are not on the map.",
    }),
});
export type ChargingStatisticsParams = z.output<typeof chargingStatisticsParams>;

export const chargingStatisticsInputs = z.object({
  datasetIds: sessionDatasetIds,
});
export type ChargingStatisticsInputs = z.output<typeof chargingStatisticsInputs>;

/** Sessions by place and local calendar day. */
export interface PlacedSessions {
  rowCount: number;
  county: readonly (string | null)[];
  state: readonly (string | null)[];
  zip: readonly (string | null)[];
  station: readonly (string | null)[];
  year: Float64Array;
  dayOfYear: Float64Array;
  energyKwh: Float64Array;
  /** Degrees; NaN where the file has no position. */
  latitude: Float64Array;
  longitude: Float64Array;
}

export interface ChargingStatisticsData {
  batches: AsyncIterable<PlacedSessions> | Iterable<PlacedSessions>;
  rowCount: number;
  counties: CountyIndex;
}

const count = z.number().int().nonnegative();

const sums = z.object({
  sessions: count,
  energyKwh: z.number(),
  /** Largest energy delivered on one day, and that day. */
  dayEnergyKwhMax: z.number(),
  dayOfMax: z.string(),
});
export type Sums = z.output<typeof sums>;

const place = z.object({
  /** County as the atlas names it, or as written where it is not in it. */
  place: z.string(),
  state: z.string(),
  /** Code of five digits; null where the name stands for no county. */
  fips: z.string().nullable(),
});

const countyStatistics = place.extend(sums.shape).extend({
  /** Stations seen; 0 where the records name none. */
  stations: count,
  /** Why it has no code, in words; null when it has one. */
  problem: z.string().nullable(),
});
export type CountyStatistics = z.output<typeof countyStatistics>;

const zipStatistics = sums.extend({ place: z.string(), county: z.string(), fips: z.string().nullable() });
export type ZipStatistics = z.output<typeof zipStatistics>;

const stationStatistics = z.object({
  station: z.string(),
  county: z.string(),
  lat: z.number(),
  lon: z.number(),
  sessions: count,
  energyKwh: z.number(),
});
export type StationStatistics = z.output<typeof stationStatistics>;

export const chargingStatisticsResult = z.object({
  year: z.number().int().nullable(),
  counties: z.array(countyStatistics),
  zips: z.array(zipStatistics),
  months: z.array(
    sums.extend({
      county: z.string(),
      fips: z.string().nullable(),
      state: z.string(),
      year: z.number().int(),
      month: z.number().int(),
    }),
  ),
  /** Stations with a position, most energy first, and how many more there are than the result holds. */
  stations: z.array(stationStatistics),
  stationsLeftOut: count,
  /** Sessions whose record names no county; they are in no row. */
  unplacedSessions: count,
});
export type ChargingStatisticsResult = z.output<typeof chargingStatisticsResult>;
