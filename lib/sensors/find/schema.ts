import { z } from "zod";

export const findSensorQuery = z.object({
  sensor: z.string().trim().min(1).max(120).meta({ description: "The owner's sensor id, upper or lower case" }),
});

export const sensorFinding = z.object({
  /** What was looked at, such as "position". */
  check: z.enum(["registered", "files", "position", "readings", "state"]),
  /** good: nothing to do; suspect: explains what is missing; fault: keeps the sensor off the map. */
  verdict: z.enum(["good", "suspect", "fault"]),
  title: z.string(),
  detail: z.string(),
  /** What to do about it, inside the portal. */
  action: z.object({ label: z.string(), href: z.string() }).nullable(),
});
export type SensorFinding = z.output<typeof sensorFinding>;

export const foundSensor = z.object({
  sensor: z.object({ id: z.uuid(), code: z.string() }).nullable(),
  isOnMap: z.boolean(),
  findings: z.array(sensorFinding),
});
export type FoundSensor = z.output<typeof foundSensor>;
