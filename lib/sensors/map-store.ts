import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import type { Bbox } from "#lib/geo/bbox";
import type { ClusterSource } from "#lib/maps/cluster";
import { type CellCount, cellSize } from "#lib/maps/grid";
import { MAP_STATES, type MapState, type StateCounts } from "#lib/maps/spec";
import type { SensorFilter } from "./schema.ts";
import { CAUSE_IDS, FAULT_CAUSE } from "./core/fault-causes.ts";
import { READING_AGE } from "./core/reading-age.ts";
import { CAUSE_SQL } from "./fault-cause-sql.ts";
import { insideSql, sensorWhere, STATE_SQL } from "./sensor-filter-sql.ts";

/** Up to `limit` sensors inside the box. */
export function listSensorsInside(
  ctx: Ctx,
  query: { bbox: Bbox; filter: SensorFilter; limit: number; colour?: string | undefined },
): Promise<ClusterSource[]> {
  const value = valueSql(query.colour);
  return inWorkspace(ctx, async (tx) => {
    const rows = await tx.$queryRaw<(ClusterSource & { detail: string })[]>`
      select s.id, s.latitude as lat, s.longitude as lon, ${STATE_SQL} as state, s.code as label,
        s.verdict_reason as detail, ${value} as value
      from sensors s where ${sensorWhere(ctx, query.filter)} and ${insideSql(query.bbox)} limit ${query.limit}`;
    // The reason belongs to a verdict; a silent or good sensor is not explained by an old one.
    return rows.map(({ detail, ...row }) => ({
      ...row,
      ...(row.state === "fault" || row.state === "suspect" ? { detail } : {}),
      ...(query.colour === FAULT_CAUSE ? { kind: row.value ?? null } : {}),
    }));
  });
}

/** The latest value of the colouring property, in its stored unit. */
function valueSql(property: string | undefined): Prisma.Sql {
  if (property === undefined) return Prisma.sql`null::float8`;
  if (property === READING_AGE) return Prisma.sql`extract(epoch from now() - s.last_observed_at)::float8 / 3600`;
  if (property === FAULT_CAUSE) return CAUSE_SQL;
  return Prisma.sql`(select d.last_value from datastreams d where d.workspace_id = s.workspace_id and d.sensor_id = s.id
    and d.observed_property = ${property})`;
}

type CellRow = Omit<CellCount, "byState" | "byKind"> & Record<MapState, number> & { kinds: number[] };

/** How many of a cell are of each kind of cause, in the order of the causes. */
const KINDS_SQL = Prisma.raw(
  `array[${CAUSE_IDS.map((_, i) => `count(*) filter (where value = ${i + 1})::int`).join(", ")}]`,
);
const NO_KINDS_SQL = Prisma.raw("array[]::int[]");

/** Counts per map cell, for viewports with too many sensors to send. */
export async function countSensorCells(
  ctx: Ctx,
  query: { bbox: Bbox; filter: SensorFilter; zoom: number; cellPx: number; colour?: string | undefined },
): Promise<CellCount[]> {
  const size = cellSize(query);
  const kinds = query.colour === FAULT_CAUSE ? KINDS_SQL : NO_KINDS_SQL;
  const rows = await inWorkspace(
    ctx,
    (tx) =>
      tx.$queryRaw<CellRow[]>`
      select floor(x / ${size})::int as "cellX", floor(y / ${size})::int as "cellY", count(*)::int as count,
        sum(x) as "sumX", sum(y) as "sumY", min(x) as "minX", max(x) as "maxX", min(y) as "minY", max(y) as "maxY",
        count(*) filter (where state = 'good')::int as good, count(*) filter (where state = 'silent')::int as silent,
        count(*) filter (where state = 'recovered')::int as recovered,
        count(*) filter (where state = 'suspect')::int as suspect, count(*) filter (where state = 'fault')::int as fault,
        count(*) filter (where state = 'reference')::int as reference,
        coalesce(sum(value), 0) as "valueSum", count(value)::int as "valueCount", ${kinds} as kinds, min(id::text) as id, max(id::text) as "idMax"
      from (select s.id, s.mercator_x as x, s.mercator_y as y, ${STATE_SQL} as state, ${valueSql(query.colour)} as value
        from sensors s where ${sensorWhere(ctx, query.filter)} and ${insideSql(query.bbox)}) placed
      group by 1, 2`,
  );
  return rows.map(({ good, recovered, silent, suspect, fault, reference, kinds: counts, ...cell }) => ({
    ...cell,
    ...(counts.some((count) => count > 0) ? { byKind: byKind(counts) } : {}),
    byState: nonZero({ good, recovered, silent, suspect, fault, reference }),
  }));
}

const byKind = (counts: readonly number[]) =>
  Object.fromEntries(counts.flatMap((count, i) => (count > 0 ? [[i + 1, count]] : [])));

function nonZero(counts: Record<MapState, number>): StateCounts {
  return Object.fromEntries(MAP_STATES.filter((state) => counts[state] > 0).map((state) => [state, counts[state]]));
}

export interface SensorCounts {
  total: number;
  matching: number;
  unplaced: number;
  byState: StateCounts;
}

/** Totals for the legend: states are counted without the state filter, because the legend is that filter. */
export function countSensors(ctx: Ctx, filter: SensorFilter): Promise<SensorCounts> {
  const { state: states, ...rest } = filter;
  return inWorkspace(ctx, async (tx) => {
    const rows = await tx.$queryRaw<{ state: MapState; count: number; unplaced: number }[]>`
      select ${STATE_SQL} as state, count(*)::int as count, count(*) filter (where s.mercator_x is null)::int as unplaced
      from sensors s where ${sensorWhere(ctx, rest)} group by 1`;
    const total = await tx.sensor.count({ where: { workspaceId: ctx.workspaceId } });
    const matching = rows.filter((row) => !states?.length || states.includes(row.state));
    const sum = (key: "count" | "unplaced") => matching.reduce((so, row) => so + row[key], 0);
    return {
      total,
      matching: sum("count"),
      unplaced: sum("unplaced"),
      byState: Object.fromEntries(rows.map((row) => [row.state, row.count])),
    };
  });
}

/** The smallest box around the sensors that match; null when none has a position. */
export function findSensorExtent(ctx: Ctx, filter: SensorFilter): Promise<Bbox | null> {
  return inWorkspace(ctx, async (tx) => {
    // The outer 0.5 % do not decide where the map opens: one misplaced sensor would push all others into a corner.
    const [row] = await tx.$queryRaw<{ west: number | null; south: number; east: number; north: number }[]>`
      select percentile_cont(0.005) within group (order by s.longitude) as west,
        percentile_cont(0.005) within group (order by s.latitude) as south,
        percentile_cont(0.995) within group (order by s.longitude) as east,
        percentile_cont(0.995) within group (order by s.latitude) as north
      from sensors s where ${sensorWhere(ctx, filter)} and s.mercator_x is not null`;
    return row && row.west !== null ? { west: row.west, south: row.south, east: row.east, north: row.north } : null;
  });
}

/** Where the middle 90 % of the latest values of a property lie, and their unit; null when nothing measures it. */
export function findValueSpread(
  ctx: Ctx,
  property: string,
): Promise<{ low: number; high: number; unit: string } | null> {
  return inWorkspace(ctx, async (tx) => {
    if (property === READING_AGE) return readAgeSpread(ctx);
    const [row] = await tx.$queryRaw<{ low: number | null; high: number; unit: string }[]>`
      select percentile_cont(0.05) within group (order by last_value) as low,
        percentile_cont(0.95) within group (order by last_value) as high, min(unit) as unit
      from datastreams where workspace_id = ${ctx.workspaceId}::uuid and observed_property = ${property}
        and last_value is not null`;
    return row && row.low !== null ? { low: row.low, high: row.high, unit: row.unit } : null;
  });
}

/** Hours since the last reading; sensors that never reported have no age. */
async function readAgeSpread(ctx: Ctx): Promise<{ low: number; high: number; unit: string } | null> {
  const [row] = await inWorkspace(
    ctx,
    (tx) => tx.$queryRaw<{ high: number | null }[]>`
      select percentile_cont(0.95) within group (order by extract(epoch from now() - s.last_observed_at) / 3600) as high
      from sensors s where s.workspace_id = ${ctx.workspaceId}::uuid and s.last_observed_at is not null`,
  );
  return row && row.high !== null ? { low: 0, high: row.high, unit: "h" } : null;
}
