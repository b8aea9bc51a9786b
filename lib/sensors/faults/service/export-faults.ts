import type { z } from "zod";
import type { Ctx } from "#lib/auth/context";
import { type ExportCell, type ExportColumn, exportFile, type ExportTable } from "#lib/http/export-file";
import { FAULT_WORDS } from "../core/fault-words.ts";
import type { exportFaultsQuery, FaultRow } from "../schema.ts";
import { listFaults, listPlacesOf } from "../store.ts";

const PAGE = 500;
const COLUMNS: readonly ExportColumn[] = [
  { name: "sensor", type: "text" },
  { name: "name", type: "text" },
  { name: "observed_property", type: "text" },
  { name: "cause", type: "text" },
  { name: "begin_at", type: "time" },
  { name: "end_at", type: "time" },
  { name: "lasts", type: "boolean" },
  { name: "values", type: "number" },
  { name: "size", type: "number" },
  { name: "unit", type: "text" },
  { name: "confidence", type: "number" },
  { name: "review", type: "text" },
  { name: "latitude", type: "number" },
  { name: "longitude", type: "number" },
  { name: "run", type: "text" },
];

/** All faults that match the filter of the list, the heaviest first. */
export function exportFaults(ctx: Ctx, { format, ...filter }: z.output<typeof exportFaultsQuery>): Promise<Response> {
  return exportFile({ name: "faults", columns: COLUMNS, rows: rowsOf(ctx, filter) }, format);
}

async function* rowsOf(ctx: Ctx, filter: Omit<z.output<typeof exportFaultsQuery>, "format">): ExportTable["rows"] {
  let cursor: string | undefined;
  do {
    const page = await listFaults(ctx, { ...filter, cursor, limit: PAGE });
    const places = await listPlacesOf(
      ctx,
      page.items.map(({ sensorId }) => sensorId),
    );
    for (const fault of page.items) yield toRow(fault, places.get(fault.sensorId) ?? null);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

function toRow(fault: FaultRow, place: { latitude: number; longitude: number } | null): ExportCell[] {
  const iso = (instant: unknown) => (instant instanceof Date ? instant.toISOString() : String(instant));
  return [
    ...[fault.sensorCode, fault.sensorName, fault.observedProperty, FAULT_WORDS[fault.kind]],
    ...[iso(fault.beginAt), iso(fault.endAt), fault.isOpen, fault.pointCount, fault.magnitude, fault.unit],
    ...[fault.confidence, fault.review, place?.latitude ?? null, place?.longitude ?? null, fault.runId],
  ];
}
