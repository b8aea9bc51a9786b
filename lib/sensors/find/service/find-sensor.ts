import type { Ctx } from "#lib/auth/context";
import { explainSensor } from "../explain-sensor.ts";
import type { FoundSensor } from "../schema.ts";
import { findFileFacts, findSensorByCode, findSimilarCodes } from "../store.ts";

/** Looks for a sensor by its id and says what keeps it off the map. */
export async function findSensorForOwner(ctx: Ctx, asked: string): Promise<FoundSensor> {
  const [sensor, files] = await Promise.all([findSensorByCode(ctx, asked), findFileFacts(ctx)]);
  const similarCodes = sensor ? [] : await findSimilarCodes(ctx, asked);
  return {
    sensor: sensor && { id: sensor.id, code: sensor.code },
    isOnMap: sensor?.latitude != null && sensor.longitude != null,
    findings: explainSensor({ asked, sensor, similarCodes, files, now: ctx.now }),
  };
}
