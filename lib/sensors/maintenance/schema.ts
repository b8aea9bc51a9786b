import { z } from "zod";
import { pageQuery } from "#lib/http/pagination";

const instant = z.coerce.date().transform((date) => date.toISOString());

export const SENSORS_MAX = 10_000;

export const newMaintenanceWindow = z
  .object({
    sensorIds: z.array(z.uuid()).min(1).max(SENSORS_MAX).optional().meta({ description: "The sensors worked on" }),
    owner: z.string().min(1).max(200).optional().meta({ description: "Instead: all sensors of this owner" }),
    fromAt: z.coerce.date(),
    untilAt: z.coerce.date(),
    comment: z.string().trim().max(2_000).default(""),
  })
  .refine(({ sensorIds, owner }) => (sensorIds === undefined) !== (owner === undefined), {
    error: "Name either sensors or an owner.",
    path: ["sensorIds"],
  })
  .refine(({ fromAt, untilAt }) => untilAt > fromAt, {
    error: "The end must come after the beginning.",
    path: ["untilAt"],
  });
export type NewMaintenanceWindow = z.output<typeof newMaintenanceWindow>;

export const maintenanceWindow = z.object({
  id: z.uuid(),
  fromAt: instant,
  untilAt: instant,
  comment: z.string(),
  byLabel: z.string(),
  sensorCount: z.number().int(),
});
export type MaintenanceWindow = z.output<typeof maintenanceWindow>;
export type MaintenanceWindowRow = z.input<typeof maintenanceWindow>;

export const maintenanceQuery = pageQuery.extend({
  sensorId: z.uuid().optional(),
  current: z.stringbool().optional().meta({ description: "true: only windows that last or lie ahead" }),
});
export type MaintenanceQuery = z.output<typeof maintenanceQuery>;
