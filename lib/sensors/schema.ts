import { z } from "zod";
import { seriesChartSpec } from "#lib/charts/spec";
import { pageQuery } from "#lib/http/pagination";
import { EXPORT_FORMATS } from "#lib/http/export-format";
import { CAUSE_IDS } from "#lib/sensors/core/fault-causes";
import { mapItem, mapState, stateCounts, valueDomain } from "#lib/maps/spec";

const instant = z.coerce.date().transform((date) => date.toISOString());

const listOf = <T extends z.ZodType>(one: T) =>
  z.preprocess((value) => (typeof value === "string" ? value.split(",") : value), z.array(one));

/** Filters live in the URL of page and API alike, so that Back, a link and an export agree. */
export const sensorFilter = z.object({
  /** Part of the id, name or owner. */
  q: z.string().max(120).optional(),
  state: listOf(mapState).optional(),
  cause: listOf(z.enum(CAUSE_IDS)).optional().meta({ description: "Of what is wrong with a sensor now" }),
  owner: z.string().max(200).optional(),
  property: z.string().max(120).optional(),
  mine: z.stringbool().optional(),
  placed: z.stringbool().optional().meta({ description: "false: only sensors without a position" }),
});
export type SensorFilter = z.output<typeof sensorFilter>;

const bbox = z.string().max(200).meta({ description: "west,south,east,north in degrees" });

export const viewportQuery = sensorFilter.extend({
  bbox,
  zoom: z.coerce.number().min(0).max(22),
  /** Colours the map by the latest value of this observed property. */
  colour: z.string().max(120).optional(),
});

export const viewportAnswer = z.object({
  items: z.array(mapItem),
  /** Sensors with a position that match the filter, anywhere. */
  matching: z.number().int(),
  total: z.number().int(),
  unplaced: z.number().int(),
  byState: stateCounts,
  /** Where most of the latest values of the colouring property lie; null without one. */
  valueDomain: valueDomain.nullable(),
});
export type ViewportAnswer = z.output<typeof viewportAnswer>;

/** The latest value of one quantity. */
export const latestReading = z.object({
  observedProperty: z.string(),
  label: z.string(),
  unit: z.string(),
  value: z.number(),
  observedAt: instant,
});
export type LatestReading = z.output<typeof latestReading>;

export const sensorSummary = z.object({
  id: z.uuid(),
  code: z.string(),
  name: z.string(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  elevationM: z.number().nullable(),
  owner: z.string(),
  exposure: z.string(),
  address: z.string().meta({ description: "From the address search, when one is set up" }),
  isReference: z.boolean(),
  state: mapState,
  reason: z.string(),
  since: instant.nullable().meta({ description: "Since when it is in this state" }),
  lastObservedAt: instant.nullable(),
});
export type SensorSummary = z.output<typeof sensorSummary>;

export const listedSensor = sensorSummary.extend({ readings: z.array(latestReading) });
export type ListedSensor = z.output<typeof listedSensor>;

export const datastreamView = z.object({
  id: z.coerce.string(),
  observedProperty: z.string(),
  label: z.string(),
  unit: z.string(),
  observationCount: z.coerce.number(),
  firstObservedAt: instant.nullable(),
  lastObservedAt: instant.nullable(),
  lastValue: z.number().nullable(),
  stepS: z.number().nullable(),
});
export type DatastreamView = z.output<typeof datastreamView>;

export const referenceView = z.object({
  id: z.uuid(),
  code: z.string(),
  name: z.string(),
  distanceM: z.number(),
  elevationDiffM: z.number().nullable(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  readings: z.array(latestReading),
});
export type ReferenceView = z.output<typeof referenceView>;

export const sourceView = z.object({
  datasetId: z.uuid(),
  datasetName: z.string(),
  uploadId: z.uuid().nullable(),
  fileName: z.string().nullable(),
  runId: z.uuid(),
});
export type SourceView = z.output<typeof sourceView>;

/** Flags of one check on one quantity, over everything stored. */
export const evidenceView = z.object({
  observedProperty: z.string(),
  label: z.string(),
  check: z.string(),
  flag: z.number().int(),
  spanCount: z.number().int(),
  pointCount: z.number().int(),
  lastAt: instant,
});
export type EvidenceView = z.output<typeof evidenceView>;

export const verdictRunView = z.object({
  id: z.uuid(),
  algorithm: z.string(),
  version: z.number().int(),
  finishedAt: instant.nullable(),
});

export const sensorDetail = sensorSummary.extend({
  firstObservedAt: instant.nullable(),
  /** The kind of flag that decided a fault or suspect state: "spike", "stuck". */
  verdictCheck: z.string().nullable(),
  /** The check that gave the state; null while nothing has been checked. */
  verdictRun: verdictRunView.nullable(),
  isMine: z.boolean(),
  datastreams: z.array(datastreamView),
  references: z.array(referenceView),
  evidence: z.array(evidenceView),
  registrySource: sourceView.nullable(),
});
export type SensorDetail = z.output<typeof sensorDetail>;

export const listSensorsQuery = sensorFilter.extend({
  ...pageQuery.shape,
  bbox: bbox.optional(),
});
export const exportSensorsQuery = listSensorsQuery
  .omit({ cursor: true, limit: true })
  .extend({ format: z.enum(EXPORT_FORMATS).default("csv") });

/** Mean per hour, for small lines beside a value. */
export const recentAnswer = z.object({
  items: z.array(z.object({ observedProperty: z.string(), t: z.array(z.number()), v: z.array(z.number().nullable()) })),
});
export type RecentAnswer = z.output<typeof recentAnswer>;

export const seriesQuery = z.object({
  property: z.string(),
  from: z.coerce.date().optional(),
  to: z.coerce.date().optional(),
  widthPx: z.coerce.number().int().min(50).max(4000).default(1000),
  reference: z.stringbool().default(true),
});

/** What one person or key posted within one hour. */
export const postView = z.object({
  no: z.number().int(),
  actorLabel: z.string(),
  actorKind: z.string(),
  firstAt: instant,
  lastAt: instant,
});
export type PostView = z.output<typeof postView>;

export const seriesAnswer = z.object({
  chart: seriesChartSpec,
  /** The whole of what is stored, for the range buttons. */
  extent: z.object({ from: instant, to: instant }).nullable(),
  reference: referenceView.nullable(),
  sources: z.array(sourceView),
  /** Posts behind the values that came in no file, the newest first. */
  posts: z.array(postView),
  /** Flags in view by check. */
  flagCounts: z.record(z.string(), z.number().int()),
});
export type SeriesAnswer = z.output<typeof seriesAnswer>;

export const ownerSummary = z.object({
  owner: z.string(),
  sensorCount: z.number().int(),
  byState: stateCounts,
  lastObservedAt: instant.nullable(),
});
export type OwnerSummary = z.output<typeof ownerSummary>;

export const exportQuery = z.object({
  property: z.string().optional(),
  from: z.coerce.date().optional(),
  to: z.coerce.date().optional(),
  format: z.enum(["csv", "parquet"]).default("csv"),
});
