import { z } from "zod";
import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import { type Bbox } from "#lib/geo/bbox";
import { decodeCursor, toPage, type Page } from "#lib/http/pagination";
import type { SensorFilter } from "./schema.ts";
import { insideSql, sensorWhere } from "./sensor-filter-sql.ts";
import { sensorColumns, type SensorRecord } from "./store.ts";

const latestRow = z.object({
  observedProperty: z.string(),
  unit: z.string(),
  value: z.number(),
  observedAt: z.coerce.date(),
});
export type LatestRow = z.output<typeof latestRow>;

/** The latest value of every quantity of `sensors s` as JSON. */
const READINGS_SQL = Prisma.sql`(select coalesce(json_agg(json_build_object('observedProperty', d.observed_property,
    'unit', d.unit, 'value', d.last_value, 'observedAt', d.last_observed_at) order by d.observed_property), '[]')
  from datastreams d where d.workspace_id = s.workspace_id and d.sensor_id = s.id and d.last_value is not null)`;

export interface ListedRecord extends SensorRecord {
  readings: LatestRow[];
}

export interface ListRequest {
  filter: SensorFilter;
  bbox?: Bbox | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** Sensors by id (code), with their latest values. */
export async function listSensors(ctx: Ctx, { filter, bbox, cursor, limit }: ListRequest): Promise<Page<ListedRecord>> {
  const after = cursor === undefined ? undefined : decodeCursor(cursor, 1)[0];
  const beyond = after === undefined ? Prisma.empty : Prisma.sql`and s.code > ${after}`;
  const inside = bbox === undefined ? Prisma.empty : Prisma.sql`and ${insideSql(bbox)}`;
  const rows = await inWorkspace(
    ctx,
    (tx) =>
      tx.$queryRaw<(SensorRecord & { readings: unknown })[]>`
      select ${sensorColumns(ctx)}, ${READINGS_SQL} as readings from sensors s
      where ${sensorWhere(ctx, filter)} ${inside} ${beyond} order by s.code limit ${limit + 1}`,
  );
  const parsed = rows.map((row) => ({ ...row, readings: z.array(latestRow).parse(row.readings) }));
  return toPage(parsed, limit, (row) => [row.code]);
}

/** The latest values of several sensors, by sensor id. */
export async function listLatestReadings(ctx: Ctx, sensorIds: readonly string[]): Promise<Map<string, LatestRow[]>> {
  if (sensorIds.length === 0) return new Map();
  const rows = await inWorkspace(
    ctx,
    (tx) =>
      tx.$queryRaw<{ id: string; readings: unknown }[]>`
      select s.id, ${READINGS_SQL} as readings from sensors s
      where s.workspace_id = ${ctx.workspaceId}::uuid and s.id = any(${sensorIds}::uuid[])`,
  );
  return new Map(rows.map(({ id, readings }) => [id, z.array(latestRow).parse(readings)]));
}
