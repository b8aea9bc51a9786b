import { z } from "zod";
import { pipelineRunInputs } from "../list-sensors/schema.ts";

export const extractReadingsInputs = pipelineRunInputs.extend({
  part: z.number().int().nonnegative().meta({ label: "Part" }),
  fromMs: z.number().nullable().meta({ label: "Backfill from" }),
  untilMs: z.number().meta({ label: "Until" }),
});
export type ExtractReadingsInputs = z.output<typeof extractReadingsInputs>;

const count = z.number().int().nonnegative();

export const extractReadingsResult = z.object({
  /** Sensors that were asked for. */
  sensorCount: count,
  readingCount: count,
  requestCount: count,
  fromMs: z.number().nullable(),
  toMs: z.number().nullable(),
  /** How far each sensor is read once this file is stored. */
  reached: z.array(z.object({ key: z.string(), reachedAtMs: z.number() })),
  /** False when there is more than one file should hold; the next part goes on. */
  isComplete: z.boolean(),
  byProperty: z.array(z.object({ observedProperty: z.string(), readings: count })),
  artifactId: z.uuid().nullable().default(null),
});
export type ExtractReadingsResult = z.output<typeof extractReadingsResult>;

export const READING_FILE_COLUMNS = [
  { name: "sensor_code", role: "sensor" },
  { name: "observed_property", role: "property" },
  { name: "observed_at", role: "timestamp" },
  { name: "value", role: "value" },
  { name: "unit", role: "unit" },
] as const;
