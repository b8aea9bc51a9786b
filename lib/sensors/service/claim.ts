import type { z } from "zod";
import type { Ctx } from "#lib/auth/context";
import type { sensorDetail } from "../schema.ts";
import { claimSensor } from "../store.ts";
import { getSensor, requireSensor } from "./get-sensor.ts";

/** Puts a sensor under a person's sensors (or nobody's). */
export async function claim(ctx: Ctx, sensorId: string, userId: string | null): Promise<z.input<typeof sensorDetail>> {
  await requireSensor(ctx, sensorId);
  await claimSensor(ctx, sensorId, userId);
  return getSensor(ctx, sensorId);
}
