import { z } from "zod";

export const pipelineRunInputs = z.object({
  pipelineId: z.uuid().meta({ label: "Pipeline" }),
  executionId: z.uuid().meta({ label: "Pipeline run" }),
  attempt: z.number().int().nonnegative().meta({ label: "Try" }),
});

export type ListSensorsInputs = z.output<typeof pipelineRunInputs>;

export const listSensorsResult = z.object({
  sensorCount: z.number().int(),
  placedCount: z.number().int(),
  /** The list as a file; null when it is empty. */
  artifactId: z.uuid().nullable().default(null),
});
export type ListSensorsResult = z.output<typeof listSensorsResult>;

/** Columns of the file, and what they are to the cleaning. */
export const SENSOR_FILE_COLUMNS = [
  { name: "sensor_code", role: "sensor" },
  { name: "name", role: "name" },
  { name: "latitude", role: "latitude" },
  { name: "longitude", role: "longitude" },
  { name: "elevation_m", role: "elevation" },
  { name: "owner", role: "owner" },
  { name: "is_reference", role: "reference" },
] as const;
