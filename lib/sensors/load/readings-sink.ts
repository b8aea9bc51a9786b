import type { PoolClient } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { Ctx } from "#lib/auth/context";
import type { ColumnValues } from "#lib/tables/column";
import type { RowSink, SinkOutcome } from "#lib/datasets/define";
import { newId } from "#lib/ids";
import { READING_COLUMNS } from "#lib/sensors/cleaning/reading-columns";
import { ReadingsCopy } from "./copy-readings.ts";
import { refreshDatastreams } from "./refresh-datastreams.ts";
import {
  addSensorsAndDatastreams,
  createStaging,
  enqueueReadingsCheck,
  enqueueReferenceMatching,
  enqueueStatistics,
  lockSensorLoad,
  moveStagingToObservations,
  type SeriesName,
} from "./store.ts";

const index = (name: string) => READING_COLUMNS.findIndex((column) => column.name === name);
const SENSOR = index("sensor_code");
const PROPERTY = index("observed_property");
const AT = index("observed_at");
const VALUE = index("value");
const UNIT = index("unit");
/** Enough to mislead the planner about how many observations there are. */
const LARGE_LOAD_ROWS = 10_000;

/**
 * Streams readings into a staging table while the file is still being read, then moves them over at the end.
 * Readings that are stored already stay as they were: the datastream and the instant are their identity.
 * `beforeMove` may compare what is staged with what is stored; no other load of the workspace runs meanwhile.
 */
export async function openReadingsSink(
  ctx: Ctx,
  client: PoolClient,
  hooks: {
    beforeMove?: () => Promise<void>;
    enqueueCheck?: (client: PoolClient, workspaceId: string) => Promise<void>;
  } = {},
): Promise<RowSink> {
  await createStaging(client);
  const copy = new ReadingsCopy(client.query(copyFrom("copy staged_readings from stdin (format binary)")));
  const series = new Map<string, SeriesName>();
  let rowTotal = 0;

  const seriesNo = (sensorCode: string, observedProperty: string, unit: string): number => {
    const key = `${sensorCode}\u0000${observedProperty}`;
    let found = series.get(key);
    if (!found) {
      found = { seriesNo: series.size, sensorId: newId(), sensorCode, observedProperty, unit };
      series.set(key, found);
    }
    return found.seriesNo;
  };

  return {
    push: async (columns, rowCount) => {
      const sensors = texts(columns[SENSOR]);
      const properties = texts(columns[PROPERTY]);
      const units = texts(columns[UNIT]);
      const seriesNos = new Int32Array(rowCount);
      for (let i = 0; i < rowCount; i++) seriesNos[i] = seriesNo(sensors[i] ?? "", properties[i] ?? "", units[i] ?? "");
      await copy.write({ seriesNos, observedAtMs: numbers(columns[AT]), values: numbers(columns[VALUE]) }, rowCount);
      rowTotal += rowCount;
    },
    commit: async (dataset): Promise<SinkOutcome> => {
      await copy.end();
      if (rowTotal === 0) return { stored: 0, alreadyStored: 0, notes: [] };
      await lockSensorLoad(client, ctx.workspaceId);
      const added = await addSensorsAndDatastreams(client, ctx.workspaceId, [...series.values()]);
      await hooks.beforeMove?.();
      const stored = await moveStagingToObservations(client, { workspaceId: ctx.workspaceId, datasetNo: dataset.no });
      if (stored > 0) await refreshDatastreams(client, ctx.workspaceId);
      if (added.newSensorCount > 0) await enqueueReferenceMatching(client, ctx.workspaceId);
      if (stored > 0) await (hooks.enqueueCheck ?? enqueueReadingsCheck)(client, ctx.workspaceId);
      if (stored >= LARGE_LOAD_ROWS) await enqueueStatistics(client);
      const notes = added.newSensorCount > 0 ? [`${added.newSensorCount} sensors seen for the first time`] : [];
      return { stored, alreadyStored: rowTotal - stored, notes: [...notes, ...added.unitNotes] };
    },
  };
}

function texts(values: ColumnValues | undefined): ArrayLike<string | null> {
  if (Array.isArray(values)) return values as (string | null)[];
  throw new Error("readings: a text column is missing");
}

function numbers(values: ColumnValues | undefined): Float64Array {
  if (values instanceof Float64Array) return values;
  throw new Error("readings: a number column is missing");
}
