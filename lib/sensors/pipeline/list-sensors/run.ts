import type { RunTools } from "#lib/algorithms/define";
import { csvCell } from "#lib/tables/csv-cell";
import type { SourceSensor } from "../../sources/source.ts";
import type { SourceNotes } from "../source-notes.ts";
import { type ListSensorsResult, SENSOR_FILE_COLUMNS } from "./schema.ts";

export interface ListSensorsData {
  sensors: AsyncIterable<SourceSensor[]>;
  notes: SourceNotes;
  writeText: (text: string) => Promise<void>;
}

/** Writes the source's list as a file, each sensor once, in the order of the codes: the same list is the same file. */
export async function runListSensors(
  _params: unknown,
  data: ListSensorsData,
  tools: Pick<RunTools, "signal" | "onProgress" | "log">,
): Promise<ListSensorsResult> {
  data.notes.listen(tools.log);
  const byCode = new Map<string, SourceSensor>();
  tools.onProgress(0, "Asking the source");
  for await (const batch of data.sensors) {
    tools.signal.throwIfAborted();
    for (const sensor of batch) byCode.set(sensor.code, sensor);
  }
  const sensors = [...byCode.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
  await data.writeText(`${SENSOR_FILE_COLUMNS.map(({ name }) => name).join(",")}\n`);
  for (const sensor of sensors) await data.writeText(`${lineOf(sensor)}\n`);
  const placedCount = sensors.filter(({ latitude, longitude }) => latitude !== null && longitude !== null).length;
  return { sensorCount: sensors.length, placedCount, artifactId: null };
}

function lineOf(sensor: SourceSensor): string {
  const { code, name, latitude, longitude, elevationM, ownerName, isReference } = sensor;
  return [code, name, latitude, longitude, elevationM, ownerName, isReference].map(csvCell).join(",");
}
