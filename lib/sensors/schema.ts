import { z } from "zod";
import { seriesChartSpec } from "#lib/charts/spec";
import { pageQuery } from "#lib/http/pagination";
import { mapItem, mapState, stateCounts } from "#lib/maps/spec";

export const SENSOR_STATES = ["good", "suspect", "fault", "silent"] as const;
export const sensorState = z.enum(SENSOR_STATES);

const instant = z.coerce.date().transform((date) => date.toISOString());

/** Filters live in the URL of page and API alike, so that Back, a link and an export agree. */
export const sensorFilter = z.object({
  /** Part of the id, name or owner. */
  q: z.string().max(120).optional(),
  state: z.preprocess((value) => (typeof value === "string" ? value.split(",") : value), z.array(mapState)).optional(),
  owner: z.string().max(200).optional(),
  property: z.string().max(120).optional(),
  mine: z.stringbool().optional(),
});
export type SensorFilter = z.output<typeof sensorFilter>;

export const viewportQuery = sensorFilter.extend({
  bbox: z.string().meta({ description: "west,south,east,north in degrees" }),
  zoom: z.coerce.number().min(0).max(22),
});

export const viewportAnswer = z.object({
  items: z.array(mapItem),
  /** Sensors with a position that match the filter, anywhere. */
  matching: z.number().int(),
  total: z.number().int(),
  unplaced: z.number().int(),
  byState: stateCounts,
});

export const sensorSummary = z.object({
  id: z.uuid(),
  code: z.string(),
  name: z.string(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  elevationM: z.number().nullable(),
  owner: z.string(),
  exposure: z.string(),
  isReference: z.boolean(),
  state: mapState,
  reason: z.string(),
  lastObservedAt: instant.nullable(),
});
export type SensorSummary = z.output<typeof sensorSummary>;

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
});

export const sourceView = z.object({
  datasetId: z.uuid(),
  datasetName: z.string(),
  uploadId: z.uuid().nullable(),
  fileName: z.string().nullable(),
  runId: z.uuid(),
});

export const sensorDetail = sensorSummary.extend({
  firstObservedAt: instant.nullable(),
  since: instant.nullable(),
  verdictRunId: z.uuid().nullable(),
  isMine: z.boolean(),
  datastreams: z.array(datastreamView),
  references: z.array(referenceView),
  registrySource: sourceView.nullable(),
});
export type SensorDetail = z.output<typeof sensorDetail>;

export const listSensorsQuery = sensorFilter.extend(pageQuery.shape);

export const seriesQuery = z.object({
  property: z.string(),
  from: z.coerce.date().optional(),
  to: z.coerce.date().optional(),
  widthPx: z.coerce.number().int().min(50).max(4000).default(1000),
  reference: z.stringbool().default(true),
});

export const seriesAnswer = z.object({
  chart: seriesChartSpec,
  /** The whole of what is stored, for the range buttons. */
  extent: z.object({ from: instant, to: instant }).nullable(),
  reference: referenceView.nullable(),
  sources: z.array(sourceView),
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
});
