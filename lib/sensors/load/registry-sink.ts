import type { PoolClient } from "pg";
import type { Ctx } from "#lib/auth/context";
import type { ColumnValues } from "#lib/tables/column";
import type { RowSink, SinkOutcome } from "#lib/datasets/define";
import { isValidPosition } from "#lib/geo/position";
import { toMercator } from "#lib/geo/mercator";
import { newId } from "#lib/ids";
import { REGISTRY_COLUMNS } from "#lib/sensors/cleaning/registry-rules";
import { upsertSensors, type SensorRow } from "./registry-store.ts";
import { enqueueReferenceMatching, lockSensorLoad } from "./store.ts";

const NAMES = REGISTRY_COLUMNS.map((column) => column.name);
const WRITE_BATCH = 5_000;

/** Adds the sensors of a station list, or brings known ones up to date; what the file leaves empty stays. */
export function openRegistrySink(ctx: Ctx, client: PoolClient): Promise<RowSink> {
  const rows: SensorRow[] = [];
  return Promise.resolve({
    push: (columns, rowCount) => {
      const read = readerOf(columns);
      for (let i = 0; i < rowCount; i++) rows.push(toRow(read, i));
      return Promise.resolve();
    },
    commit: async (dataset): Promise<SinkOutcome> => {
      await lockSensorLoad(client, ctx.workspaceId);
      let added = 0;
      let changed = 0;
      for (let start = 0; start < rows.length; start += WRITE_BATCH) {
        const batch = rows.slice(start, start + WRITE_BATCH);
        const outcome = await upsertSensors(client, {
          workspaceId: ctx.workspaceId,
          datasetId: dataset.id,
          rows: batch,
        });
        added += outcome.added;
        changed += outcome.changed;
      }
      if (added + changed > 0) await enqueueReferenceMatching(client, ctx.workspaceId);
      const stored = added + changed;
      return {
        stored,
        alreadyStored: rows.length - stored,
        notes: [`${added} sensors added, ${changed} brought up to date`],
      };
    },
  });
}

type Read = (name: string, row: number) => string | number | boolean | null;

function readerOf(columns: readonly ColumnValues[]): Read {
  return (name, row) => {
    const value = columns[NAMES.indexOf(name)]?.[row];
    return value === undefined || Number.isNaN(value) ? null : value;
  };
}

function toRow(read: Read, i: number): SensorRow {
  const text = (name: string) => {
    const value = read(name, i);
    return typeof value === "string" ? value : null;
  };
  const number = (name: string) => {
    const value = read(name, i);
    return typeof value === "number" ? value : null;
  };
  const reference = read("is_reference", i);
  const lat = number("latitude");
  const lon = number("longitude");
  const position = lat !== null && lon !== null && isValidPosition({ lat, lon }) ? { lat, lon } : null;
  const mercator = position && toMercator(position);
  return {
    id: newId(),
    code: text("sensor_code") ?? "",
    name: text("name"),
    latitude: position?.lat ?? null,
    longitude: position?.lon ?? null,
    mercatorX: mercator?.x ?? null,
    mercatorY: mercator?.y ?? null,
    elevationM: number("elevation_m"),
    ownerName: text("owner"),
    exposure: text("exposure"),
    isReference: typeof reference === "boolean" ? reference : null,
  };
}
