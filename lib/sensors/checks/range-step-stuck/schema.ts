import { z } from "zod";
import type { DatastreamSeries } from "#lib/sensors/core/observation";

export const CHECKS = ["range", "spike", "step", "stuck", "gap", "late", "silent", "attenuated", "battery"] as const;
export type CheckName = (typeof CHECKS)[number];

const limit = (label: string) => z.number().meta({ label });

/** Limits for one observed property, in the unit of its datastreams; replaces the built-in ones. */
export const rangeOverride = z
  .object({
    observedProperty: z.string().min(1).meta({ label: "Quantity" }),
    failMin: limit("Fail below"),
    suspectMin: limit("Suspect below"),
    suspectMax: limit("Suspect above"),
    failMax: limit("Fail above"),
  })
  .refine((range) => range.failMin <= range.suspectMin && range.suspectMax <= range.failMax, {
    error: "The suspect limits must lie inside the fail limits.",
  })
  .refine((range) => range.suspectMin < range.suspectMax, { error: "The lower limits must be below the upper ones." });

export const rangeStepStuckParams = z.object({
  falseAlarmsPerMonth: z.number().min(0.001).max(100).default(0.05).meta({
    label: "False alarms accepted",
    unit: "per month",
    hint: "For each check of a healthy datastream. Lower finds only stronger faults.",
  }),
  failFactor: z.number().min(1).max(20).default(2).meta({
    label: "Fail from",
    unit: "× limit",
    hint: "Spikes and stuck runs beyond this many times their limit fail; below it they are suspect.",
  }),
  stuckTolerance: z.number().min(0).default(0).meta({
    label: "Equal within",
    unit: "unit of the quantity",
    hint: "Values closer than this count as equal. 0 means exactly equal.",
  }),
  gapSteps: z.number().min(1.1).max(1000).default(3).meta({
    label: "Gap from",
    unit: "usual steps",
    hint: "A longer time without a value is flagged as missing.",
  }),
  onlyNew: z.boolean().default(false).meta({
    label: "Only where there is something new",
    hint: "Those without new readings since the last such check keep its flags.",
  }),
  ranges: z.array(rangeOverride).default([]).meta({
    label: "Own limits",
    hint: "Replaces the built-in limits of a quantity.",
  }),
});
export type RangeStepStuckParams = z.output<typeof rangeStepStuckParams>;

/** What a caller names: some sensors or (null) all of the workspace, and the time to check. */
export const rangeStepStuckInputs = z.object({
  sensorCodes: z.array(z.string().min(1)).min(1).max(10_000).nullable().default(null).meta({ label: "Sensors" }),
  fromMs: z.number().nullable().default(null).meta({ label: "From" }),
  toMs: z.number().nullable().default(null).meta({ label: "To" }),
});

/** What the platform reads for it, one datastream at a time, so that memory does not grow with the network. */
export interface RangeStepStuckData {
  series: AsyncIterable<DatastreamSeries> | Iterable<DatastreamSeries>;
  /** For progress only. */
  seriesCount?: number;
  /** Until when nine in ten of them report, UTC ms. */
  untilMs?: number | undefined;
}

const count = z.number().int().nonnegative();

export const checkedSpan = z.object({
  datastreamId: z.string(),
  check: z.enum(CHECKS),
  flag: z.union([z.literal(3), z.literal(4), z.literal(9)]),
  reason: z.string(),
  startAtMs: z.number(),
  endAtMs: z.number(),
  pointCount: count,
  score: z.number().optional(),
});
export type CheckedSpan = z.output<typeof checkedSpan>;

export const seriesSummary = z.object({
  datastreamId: z.string(),
  sensorCode: z.string().optional(),
  observedProperty: z.string(),
  unit: z.string(),
  /** Values that were there. */
  points: count,
  missing: count,
  /** Left out because not later than their predecessor. */
  outOfOrder: count,
  /** Flagged values per check; for gaps the observations that are missing. */
  flagged: z.partialRecord(z.enum(CHECKS), count),
  /** Flagged values (a value found by two checks counts twice, gaps do not count) / points, at most 1. */
  shareFlagged: z.number().min(0).max(1),
  usualStepS: z.number().nullable(),
  spikeLimit: z.number().nullable(),
  stepLimit: z.number().nullable(),
  stuckLimitS: z.number().nullable(),
  lateLimitS: z.number().nullable().default(null),
  calmRange: z.number().nullable().default(null),
  batteryLimit: z.number().nullable().default(null),
  /** Checks that could not be made, for example for want of history. */
  notEvaluated: z.array(z.enum(CHECKS)),
  spansDropped: count,
});
export type SeriesSummary = z.output<typeof seriesSummary>;

export const rangeStepStuckResult = z.object({
  seriesCount: count,
  points: count,
  shareFlagged: z.number().min(0).max(1),
  byCheck: z.array(z.object({ check: z.enum(CHECKS), series: count, spans: count, points: count })),
  series: z.array(seriesSummary),
  flags: z.array(checkedSpan),
});
export type RangeStepStuckResult = z.output<typeof rangeStepStuckResult>;
