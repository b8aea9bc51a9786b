import { z } from "zod";
import type { Facility } from "#lib/algorithms/facilities";
import { ENGINES } from "./engine.ts";
import { SCORE_PART_KEYS, SCORE_PARTS, type ScorePart } from "./core/score.ts";

const SPARK: Facility = "Spark";

const day = (label: string, hint: string) => z.iso.date().nullable().default(null).meta({ label, hint });

function weight(part: ScorePart) {
  const { label, unit, half, weight: usual } = SCORE_PARTS[part];
  return z
    .number()
    .min(0)
    .max(10)
    .default(usual)
    .meta({
      label: `Weight: ${label.toLowerCase()}`,
      hint: `This part of the score is 50 at ${half} ${unit}. 0 leaves it out.`,
    });
}

export const SUMMARY_TIMEOUT_S = 3600;

export const EXPORTS = ["tables", "tracks"] as const;

export const RECORD_SOURCES = ["files", "received", "both"] as const;

export const drivingSummaryParams = z
  .object({
    records: z.enum(RECORD_SOURCES).default("files").meta({
      label: "Records",
      hint: "files: uploaded datasets. received: what vehicles sent to the API, up to now. both: one after the other.",
    }),
    engine: z
      .enum(ENGINES)
      .default("duckdb")
      .meta({
        label: "Engine",
        hint: "duckdb: on the worker. spark: where this installation has one, for more than one machine holds. Same figures.",
        optionNeeds: { spark: SPARK },
      }),
    fromDay: day("From day", "As written in the records. Empty: from the first."),
    toDay: day("To day", "Included. Empty: to the last."),
    sessionGapS: z.number().int().min(11).max(3600).default(60).meta({
      label: "Session ends after",
      unit: "s",
      hint: "without a record of the driver. What is open then ends unclosed, without a duration.",
    }),
    stopMinS: z.number().int().min(30).max(7200).default(180).meta({
      label: "Stop from",
      unit: "s",
      hint: "Standing for so long ends a trip.",
    }),
    weightOverspeed: weight("overspeed"),
    weightHarsh: weight("harsh"),
    weightFatigue: weight("fatigue"),
    weightSlide: weight("slide"),
    weightThrottleStop: weight("throttleStop"),
    exports: z.array(z.enum(EXPORTS)).default(["tables", "tracks"]).meta({
      label: "Files",
      hint: "Tables as CSV and Parquet; tracks of trips as GeoJSON and GPX.",
    }),
  })
  .refine(({ fromDay, toDay }) => fromDay === null || toDay === null || fromDay <= toDay, {
    error: "The period ends before it begins.",
    path: ["toDay"],
  });
export type DrivingSummaryParams = z.output<typeof drivingSummaryParams>;

export const drivingSummaryInputs = z.object({
  datasetIds: z
    .array(z.uuid())
    .min(1)
    .max(1000)
    .nullable()
    .default(null)
    .meta({
      label: "Datasets",
      hint: "None ticked: all of them.",
      refersTo: { to: "dataset", kinds: ["driving-records"] },
    }),
});
export type DrivingSummaryInputs = z.output<typeof drivingSummaryInputs>;

const count = z.number().int();
const figures = {
  recordCount: count,
  rapidSpeedupCount: count,
  rapidSlowdownCount: count,
  neutralSlideCount: count,
  neutralSlideS: z.number(),
  overspeedCount: count,
  overspeedUnclosedCount: count,
  overspeedS: z.number(),
  fatigueCount: count,
  throttleStopCount: count,
  oilLeakCount: count,
  siteCount: count,
  arrivalCount: count,
  drivingS: count,
  distanceKm: z.number(),
  speedKmhMean: z.number().nullable(),
  /** Of records without any event: the device reports them at fixed times. */
  sampleSpeedKmhMean: z.number().nullable(),
  movingSpeedKmhMean: z.number().nullable(),
  speedKmhMax: z.number().nullable(),
  /** Seconds of the written clock since 1970-01-01 00:00:00 on it; null without records. */
  firstS: count.nullable(),
  lastS: count.nullable(),
  score: z.number().nullable(),
};
const figuresRow = z.object(figures);
export type Figures = z.output<typeof figuresRow>;

const driverRow = figuresRow.extend({ driverId: z.string(), plateNumber: z.string() });
export type DriverFigures = z.output<typeof driverRow>;
const dayRow = figuresRow.extend({ day: z.iso.date() });
const driverDayRow = driverRow.extend({ day: z.iso.date() });
export type DriverDayFigures = z.output<typeof driverDayRow>;
const sessionRow = driverRow.extend({ gapBeforeS: count.nullable() });
const coordinate = z.number();
const tripRow = z.object({
  driverId: z.string(),
  plateNumber: z.string(),
  tripNo: count,
  startS: count,
  endS: count,
  durationS: count,
  distanceKm: z.number(),
  speedKmhMax: z.number(),
  overspeedCount: count,
  fatigueCount: count,
  start: z.object({ latitude: coordinate, longitude: coordinate }),
  end: z.object({ latitude: coordinate, longitude: coordinate }),
});
const stopRow = z.object({
  driverId: z.string(),
  startS: count,
  endS: count,
  durationS: count,
  latitude: coordinate,
  longitude: coordinate,
  reason: z.enum(["standing", "no records"]),
});
const episodeRow = z.object({
  driverId: z.string(),
  plateNumber: z.string(),
  startS: count,
  /** null: nothing ended it before the records did. */
  durationS: count.nullable(),
  peakSpeedKmh: z.number(),
  latitude: coordinate,
  longitude: coordinate,
});

/** Long lists are cut here; their files have every row. */
const cut = <T extends z.ZodType>(row: T) => z.object({ rows: z.array(row), count });

export const drivingSummaryResult = z.object({
  datasetCount: count,
  /** Engine, version and place; results from before there was a choice do not say. */
  computedBy: z.string().default("DuckDB"),
  /** Number of the newest of the received records that it includes, in the order of arrival. */
  arrivalSeq: count.nullable().default(null),
  total: figuresRow,
  driverCount: count,
  drivers: z.array(driverRow),
  days: z.array(dayRow),
  driverDays: cut(driverDayRow),
  /** Totals by hour of the written day, 0 to 23. */
  hoursOfDay: z.array(figuresRow.extend({ hour: count })),
  sessions: cut(sessionRow),
  trips: cut(tripRow),
  stops: cut(stopRow),
  /** Longest first, unclosed ones before them. */
  overspeedEpisodes: cut(episodeRow),
  neutralSlideEpisodeCount: count,
  notes: z.array(z.string()),
});
export type DrivingSummaryResult = z.output<typeof drivingSummaryResult>;

/** The weights of a run, by part. */
export function weightsOf(params: DrivingSummaryParams): Record<ScorePart, number> {
  const name = (part: ScorePart) =>
    `weight${part.charAt(0).toUpperCase()}${part.slice(1)}` as keyof DrivingSummaryParams;
  return Object.fromEntries(SCORE_PART_KEYS.map((part) => [part, params[name(part)]])) as Record<ScorePart, number>;
}
