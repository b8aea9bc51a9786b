import type { z } from "zod";
import type { Ctx } from "#lib/auth/context";
import { parseBbox } from "#lib/geo/bbox";
import { findUnit } from "#lib/units/convert";
import { listProperties } from "../store.ts";
import { listSensors } from "../list-store.ts";
import type { exportSensorsQuery } from "../schema.ts";
import { csvResponse } from "#lib/http/csv-response";
import { reasonOf } from "./present.ts";

const PAGE = 500;
const COLUMNS = [
  "sensor",
  "name",
  "owner",
  "state",
  "reason",
  "latitude",
  "longitude",
  "elevation_m",
  "exposure",
  "reference",
  "last_observed_at",
];

/** All sensors that match the filter of the list, one row each, with the latest value of every quantity. */
export async function exportSensors(ctx: Ctx, query: z.output<typeof exportSensorsQuery>): Promise<Response> {
  const properties = await listProperties(ctx);
  const columns = properties.map(
    ({ observedProperty, unit }) => `${observedProperty} (${findUnit(unit)?.code ?? unit})`,
  );
  return csvResponse({ fileName: "sensors.csv", columns: [...COLUMNS, ...columns] }, rowsOf(ctx, query, properties));
}

async function* rowsOf(
  ctx: Ctx,
  { bbox: text, ...filter }: z.output<typeof exportSensorsQuery>,
  properties: readonly { observedProperty: string }[],
): AsyncGenerator<(string | number | boolean | null)[], void, undefined> {
  const bbox = text === undefined ? undefined : parseBbox(text);
  let cursor: string | undefined;
  do {
    const page = await listSensors(ctx, { filter, bbox, cursor, limit: PAGE });
    for (const row of page.items) {
      const { code, name, owner, state, latitude, longitude, elevationM, exposure, isReference, lastObservedAt } = row;
      const values = new Map(row.readings.map(({ observedProperty, value }) => [observedProperty, value]));
      const known = [
        code,
        name,
        owner,
        state,
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
