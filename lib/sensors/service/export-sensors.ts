import type { z } from "zod";
import type { Ctx } from "#lib/auth/context";
import { parseBbox } from "#lib/geo/bbox";
import { findUnit } from "#lib/units/convert";
import { listProperties } from "../store.ts";
import { listSensors } from "../list-store.ts";
import type { exportSensorsQuery } from "../schema.ts";
import { type ExportColumn, exportFile, type ExportTable } from "#lib/http/export-file";
import { reasonOf } from "./present.ts";

const PAGE = 500;
const COLUMNS: readonly ExportColumn[] = [
  { name: "sensor", type: "text" },
  { name: "name", type: "text" },
  { name: "owner", type: "text" },
  { name: "state", type: "text" },
  { name: "since", type: "time" },
  { name: "reason", type: "text" },
  { name: "latitude", type: "number" },
  { name: "longitude", type: "number" },
  { name: "elevation_m", type: "number" },
  { name: "exposure", type: "text" },
  { name: "reference", type: "boolean" },
  { name: "last_observed_at", type: "time" },
];

/** All sensors that match the filter of the list, one row each, with the latest value of every quantity. */
export async function exportSensors(ctx: Ctx, query: z.output<typeof exportSensorsQuery>): Promise<Response> {
  const properties = await listProperties(ctx);
  const values = properties.map(({ observedProperty, unit }): ExportColumn => {
    return { name: `${observedProperty} (${findUnit(unit)?.code ?? unit})`, type: "number" };
  });
  const { format, ...filter } = query;
  const rows = rowsOf(ctx, filter, properties);
  return exportFile({ name: "sensors", columns: [...COLUMNS, ...values], rows }, format);
}

async function* rowsOf(
  ctx: Ctx,
  { bbox: text, ...filter }: Omit<z.output<typeof exportSensorsQuery>, "format">,
  properties: readonly { observedProperty: string }[],
): ExportTable["rows"] {
  const bbox = text === undefined ? undefined : parseBbox(text);
  let cursor: string | undefined;
  do {
    const page = await listSensors(ctx, { filter, bbox, cursor, limit: PAGE });
    for (const row of page.items) {
      const {
        code,
        name,
        owner,
        state,
        since,
        latitude,
        longitude,
        elevationM,
        exposure,
        isReference,
        lastObservedAt,
      } = row;
      const values = new Map(row.readings.map(({ observedProperty, value }) => [observedProperty, value]));
      const known = [
        code,
        name,
        owner,
        state,
        since?.toISOString() ?? null,
        reasonOf(ctx, row),
        latitude,
        longitude,
        elevationM,
        exposure,
        isReference,
      ];
      const latest = properties.map(({ observedProperty }) => values.get(observedProperty) ?? null);
      yield [...known, lastObservedAt?.toISOString() ?? null, ...latest];
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
