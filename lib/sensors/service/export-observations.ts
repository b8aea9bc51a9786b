import type { z } from "zod";
import type { Ctx } from "#lib/auth/context";
import { streamObservations } from "../export-store.ts";
import type { exportQuery } from "../schema.ts";
import { type ExportColumn, exportFile } from "#lib/http/export-file";
import { requireSensor } from "./get-sensor.ts";

const COLUMNS: readonly ExportColumn[] = [
  { name: "sensor", type: "text" },
  { name: "observed_property", type: "text" },
  { name: "unit", type: "text" },
  { name: "observed_at", type: "time" },
  { name: "value", type: "number" },
  { name: "flag", type: "number" },
  { name: "reason", type: "text" },
  { name: "dataset", type: "text" },
  { name: "source_file", type: "text" },
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
  const name = `${sensor.code}-${query.property ?? "observations"}`;
  return exportFile({ name, columns: COLUMNS, rows: withCode() }, query.format);
}
