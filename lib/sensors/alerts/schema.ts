import { z } from "zod";
import { pageQuery } from "#lib/http/pagination";
import { ALERT_CONDITIONS } from "./core/decide-alert.ts";

const instant = z.coerce.date().transform((date) => date.toISOString());

export const alertsQuery = pageQuery.extend({
  state: z.enum(["open", "ended"]).optional().meta({ description: "Only alerts that last, or only those over" }),
  condition: z.enum(ALERT_CONDITIONS).optional(),
  sensorId: z.uuid().optional(),
});
export type AlertsQuery = z.output<typeof alertsQuery>;

export const sensorAlert = z.object({
  id: z.uuid(),
  sensorId: z.uuid(),
  sensorCode: z.string(),
  sensorName: z.string(),
  condition: z.enum(ALERT_CONDITIONS),
  reason: z.string(),
  heldSince: instant.meta({ description: "Since when the condition holds" }),
  beganAt: instant.meta({ description: "When people were told" }),
  endedAt: instant.nullable(),
});
export type SensorAlert = z.input<typeof sensorAlert>;
export type SensorAlertEntry = z.output<typeof sensorAlert>;
