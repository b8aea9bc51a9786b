import type { z } from "zod";
import type { Ctx } from "#lib/auth/context";
import { streamObservations } from "../export-store.ts";
import type { exportQuery } from "../schema.ts";
import { csvResponse } from "#lib/http/csv-response";
import { requireSensor } from "./get-sensor.ts";

const COLUMNS = [
  "sensor",
  "observed_property",
  "unit",
  "observed_at",
  "value",
  "flag",
  "reason",
  "dataset",
  "source_file",
];

/** Every observation of a sensor with unit, flag and the file it came from. */
export async function exportObservations(
  ctx: Ctx,
  sensorId: string,
  query: z.output<typeof exportQuery>,
): Promise<Response> {
  const sensor = await requireSensor(ctx, sensorId);
  const rows = streamObservations(ctx, sensor.id, query);
  const withCode = async function* () {
    for await (const row of rows) yield [sensor.code, ...row];
  };
  return csvResponse(
    { fileName: `${sensor.code}-${query.property ?? "observations"}.csv`, columns: COLUMNS },
    withCode(),
  );
}
