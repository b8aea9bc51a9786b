import { z } from "zod";
import { EXPORT_FORMATS } from "#lib/http/export-format";
import { pageQuery } from "#lib/http/pagination";
import type { BlockSeries } from "../blocks/split-blocks.ts";
import { DETECTOR_MODES, FAULT_KINDS } from "../detector/types.ts";
import type { FaultModel } from "../models/schema.ts";

const instant = z.coerce.date().transform((date) => date.toISOString());
const count = z.number().int().nonnegative();
const nullableNumbers = z.array(z.number().nullable());

export const detectFaultsParams = z.object({
  windowDays: z.number().int().min(3).max(120).default(45).meta({
    label: "Look back",
    unit: "days",
    hint: "From the newest reading. Three times the longest fault expected is a good measure.",
  }),
  onlyNew: z.boolean().default(true).meta({
    label: "Only where there is something new",
    hint: "Sensors whose neighbourhood has no new readings since the last detection keep its result.",
  }),
});
export type DetectFaultsParams = z.output<typeof detectFaultsParams>;

export const detectFaultsInputs = z.object({
  sensorCodes: z.array(z.string().min(1)).min(1).max(10_000).nullable().default(null).meta({ label: "Sensors" }),
  toMs: z.number().nullable().default(null).meta({ label: "To" }),
  modelRunId: z
    .uuid()
    .nullable()
    .default(null)
    .meta({ label: "Model", hint: "Empty: as published.", refersTo: { to: "run", kinds: ["train-fault-model"] } }),
});
export type DetectFaultsInputs = z.output<typeof detectFaultsInputs>;

/** Sensors that are judged together, read one block after the other. */
export interface DetectFaultsData {
  blocks: AsyncIterable<{ stepMs: number; series: BlockSeries[] }>;
  blockCount: number;
  /** What reviews and earlier readings have taught; null = the detector as published. */
  model: Pick<FaultModel, "shifts" | "confidenceMin" | "habits"> | null;
  /** Sensors that were left out because nothing is new around them. */
  unchangedCount: number;
}

export const faultEvidence = z.object({
  t: z.array(z.number()),
  value: nullableNumbers,
  expectation: nullableNumbers,
  /** Usual deviation from the expectation, one standard deviation. */
  sigma: nullableNumbers,
});
export type FaultEvidence = z.output<typeof faultEvidence>;

export const foundFault = z.object({
  datastreamId: z.string(),
  sensorId: z.string(),
  sensorCode: z.string(),
  observedProperty: z.string(),
  kind: z.enum(FAULT_KINDS),
  mode: z.enum(DETECTOR_MODES),
  beginAtMs: z.number(),
  endAtMs: z.number(),
  isOpen: z.boolean(),
  pointCount: count,
  magnitude: z.number().nullable(),
  /** Unit of the magnitude; "" for factors. */
  unit: z.string(),
  score: z.number(),
  confidence: z.number().min(0).max(1),
  priority: z.number(),
  reason: z.string(),
  evidence: faultEvidence,
});
export type FoundFault = z.output<typeof foundFault>;

export const detectFaultsResult = z.object({
  seriesCount: count,
  points: count,
  unchangedCount: count.default(0),
  byMode: z.array(z.object({ mode: z.enum(DETECTOR_MODES), series: count, faults: count })),
  byKind: z.array(z.object({ kind: z.enum(FAULT_KINDS), faults: count })),
  /** What was judged: faults of these datastreams in this time that are not found again are gone. */
  judged: z.array(z.object({ datastreamId: z.string(), fromMs: z.number(), toMs: z.number() })),
  faults: z.array(foundFault),
});
export type DetectFaultsResult = z.output<typeof detectFaultsResult>;

export const FAULT_REVIEWS = ["unreviewed", "confirmed", "disputed", "maintenance"] as const;
export type FaultReviewState = (typeof FAULT_REVIEWS)[number];

export const faultsQuery = pageQuery.extend({
  review: z.enum(FAULT_REVIEWS).optional(),
  kind: z.enum(FAULT_KINDS).optional(),
  sensorId: z.uuid().optional(),
  open: z.stringbool().optional().meta({ description: "true: only faults that last" }),
});
export type FaultsQuery = z.output<typeof faultsQuery>;

export const exportFaultsQuery = faultsQuery
  .omit({ cursor: true, limit: true })
  .extend({ format: z.enum(EXPORT_FORMATS).default("csv") });

export const faultSummary = z.object({
  id: z.uuid(),
  sensorId: z.uuid(),
  sensorCode: z.string(),
  sensorName: z.string(),
  observedProperty: z.string(),
  kind: z.enum(FAULT_KINDS),
  mode: z.enum(DETECTOR_MODES),
  beginAt: instant,
  endAt: instant,
  isOpen: z.boolean(),
  pointCount: count,
  magnitude: z.number().nullable(),
  unit: z.string(),
  confidence: z.number(),
  priority: z.number(),
  review: z.enum(FAULT_REVIEWS),
  runId: z.uuid(),
});
export type FaultSummary = z.output<typeof faultSummary>;
export type FaultRow = z.input<typeof faultSummary>;

export const faultDetail = faultSummary.extend({
  evidence: faultEvidence,
  valueUnit: z.string(),
  reviews: z.array(z.object({ verdict: z.string(), comment: z.string(), byLabel: z.string(), at: instant })),
});
export type FaultDetail = z.output<typeof faultDetail>;

export const reviewInput = z.object({
  verdict: z.enum(FAULT_REVIEWS).meta({ description: "`unreviewed` takes a verdict back" }),
  comment: z.string().trim().max(2_000).default(""),
});
