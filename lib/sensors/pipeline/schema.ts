import { z } from "zod";
import { sourceConfig } from "../sources/schema.ts";

export const sensorNetworkSettings = z.object({
  source: sourceConfig,
  /** Where reading begins for a sensor that was never read. */
  historyDays: z.number().int().min(1).max(3_650).default(30),
});
export type SensorNetworkSettings = z.output<typeof sensorNetworkSettings>;
