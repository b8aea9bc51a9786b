import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import type { MapState } from "#lib/maps/spec";
import { mineSql, STATE_SINCE_SQL, STATE_SQL } from "./sensor-filter-sql.ts";

export interface SensorRecord {
  id: string;
  code: string;
  name: string;
  latitude: number | null;
  longitude: number | null;
  elevationM: number | null;
  owner: string;
  exposure: string;
  address: string;
  isReference: boolean;
  state: MapState;
  reason: string;
  firstObservedAt: Date | null;
  since: Date | null;
  lastObservedAt: Date | null;
  silentAfter: Date | null;
  verdictRunId: string | null;
  datasetId: string | null;
  isMine: boolean;
}

/** The columns of a `SensorRecord` from `sensors s`. */
export const sensorColumns = (
  ctx: Ctx,
) => Prisma.sql`s.id, s.code, s.name, s.latitude, s.longitude, s.elevation_m as "elevationM",
  s.owner_name as owner, s.exposure, s.address, s.is_reference as "isReference", ${STATE_SQL} as state, ${STATE_SINCE_SQL} as since,
  s.verdict_reason as reason,
  s.first_observed_at as "firstObservedAt", s.last_observed_at as "lastObservedAt", s.silent_after as "silentAfter",
  s.verdict_run_id as "verdictRunId", s.dataset_id as "datasetId", ${mineSql(ctx)} as "isMine"`;

export function findSensor(ctx: Ctx, sensorId: string): Promise<SensorRecord | null> {
  return inWorkspace(ctx, async (tx) => {
    const rows = await tx.$queryRaw<SensorRecord[]>`
      select ${sensorColumns(ctx)} from sensors s where s.workspace_id = ${ctx.workspaceId}::uuid and s.id = ${sensorId}::uuid`;
    return rows[0] ?? null;
  });
}

export interface DatastreamRecord {
  id: bigint;
  observedProperty: string;
  unit: string;
  observationCount: bigint;
  firstObservedAt: Date | null;
  lastObservedAt: Date | null;
  lastValue: number | null;
  stepS: number | null;
}

export function listDatastreams(ctx: Ctx, sensorId: string): Promise<DatastreamRecord[]> {
  return inWorkspace(ctx, (tx) =>
    tx.datastream.findMany({
      where: { workspaceId: ctx.workspaceId, sensorId },
      orderBy: { observedProperty: "asc" },
      omit: { workspaceId: true, sensorId: true },
    }),
  );
}

export interface ReferenceRecord {
  id: string;
  code: string;
  name: string;
  distanceM: number;
  elevationDiffM: number | null;
  latitude: number | null;
  longitude: number | null;
}

/** The nearest reference stations, nearest first. */
export function listReferences(ctx: Ctx, sensorId: string): Promise<ReferenceRecord[]> {
  return inWorkspace(ctx, async (tx) => {
    const rows = await tx.referenceMatch.findMany({
      where: { workspaceId: ctx.workspaceId, sensorId },
      orderBy: { rank: "asc" },
      select: {
        distanceM: true,
        elevationDiffM: true,
        reference: { select: { id: true, code: true, name: true, latitude: true, longitude: true } },
      },
    });
    return rows.map(({ reference, ...match }) => ({ ...reference, ...match }));
  });
}

export function listOwners(
  ctx: Ctx,
): Promise<{ owner: string; state: MapState; count: number; lastObservedAt: Date | null }[]> {
  return inWorkspace(
    ctx,
    (tx) =>
      tx.$queryRaw`
      select s.owner_name as owner, ${STATE_SQL} as state, count(*)::int as count, max(s.last_observed_at) as "lastObservedAt"
      from sensors s where s.workspace_id = ${ctx.workspaceId}::uuid and s.owner_name <> '' group by 1, 2 order by 1`,
  );
}

export async function claimSensor(ctx: Ctx, sensorId: string, userId: string | null): Promise<boolean> {
  const done = await inWorkspace(ctx, (tx) =>
    tx.sensor.updateMany({ where: { id: sensorId, workspaceId: ctx.workspaceId }, data: { ownerUserId: userId } }),
  );
  return done.count === 1;
}

/** Quantities measured in this workspace, most sensors first, for filters. */
export function listProperties(ctx: Ctx): Promise<{ observedProperty: string; unit: string; sensorCount: number }[]> {
  return inWorkspace(
    ctx,
    (tx) =>
      tx.$queryRaw`select observed_property as "observedProperty", min(unit) as unit, count(*)::int as "sensorCount"
      from datastreams where workspace_id = ${ctx.workspaceId}::uuid group by 1 order by 3 desc, 1`,
  );
}

export function findDatasetSource(
  ctx: Ctx,
  datasetId: string,
): Promise<{
  datasetId: string;
  datasetName: string;
  runId: string;
  uploadId: string | null;
  fileName: string | null;
} | null> {
  return inWorkspace(ctx, async (tx) => {
    const row = await tx.dataset.findFirst({
      where: { id: datasetId, workspaceId: ctx.workspaceId },
      select: {
        id: true,
        name: true,
        runId: true,
        beside: { select: { runId: true } },
        uploads: { select: { upload: { select: { id: true, fileName: true } } }, take: 1 },
      },
    });
    if (!row) return null;
    const upload = row.uploads[0]?.upload;
    return {
      datasetId: row.id,
      datasetName: row.name,
      runId: row.runId ?? row.beside?.runId ?? "",
      uploadId: upload?.id ?? null,
      fileName: upload?.fileName ?? null,
    };
  });
}

export interface EvidenceRecord {
  observedProperty: string;
  check: string;
  flag: number;
  spanCount: number;
  pointCount: number;
  lastAt: Date;
}

/** How often each check flagged each quantity of a sensor, the worst first. */
export function listEvidence(ctx: Ctx, sensorId: string): Promise<EvidenceRecord[]> {
  return inWorkspace(
    ctx,
    (tx) =>
      tx.$queryRaw<EvidenceRecord[]>`
      select d.observed_property as "observedProperty", f."check", f.flag::int as flag, count(*)::int as "spanCount",
        sum(f.point_count)::int as "pointCount", max(f.end_at) as "lastAt"
      from datastreams d join flags f on f.workspace_id = d.workspace_id and f.datastream_id = d.id
      where d.workspace_id = ${ctx.workspaceId}::uuid and d.sensor_id = ${sensorId}::uuid
      group by d.observed_property, f."check", f.flag
      order by case f.flag when 4 then 0 when 3 then 1 else 2 end, sum(f.point_count) desc`,
  );
}

/** The flag that decided the verdict: the longest of the day before the newest reading with the verdict's reason. */
export function findVerdictFlag(ctx: Ctx, sensorId: string): Promise<{ check: string; startAt: Date } | null> {
  return inWorkspace(ctx, async (tx) => {
    const rows = await tx.$queryRaw<{ check: string; startAt: Date }[]>`
      select f."check", f.start_at as "startAt" from sensors s
      join datastreams d on d.workspace_id = s.workspace_id and d.sensor_id = s.id
      join flags f on f.workspace_id = d.workspace_id and f.datastream_id = d.id and f.reason = s.verdict_reason
      where s.workspace_id = ${ctx.workspaceId}::uuid and s.id = ${sensorId}::uuid and s.verdict <> 'good'
        and f.end_at >= s.last_observed_at - interval '1 day'
      order by f.flag desc, f.point_count desc limit 1`;
    return rows[0] ?? null;
  });
}

export function findVerdictRun(
  ctx: Ctx,
  runId: string,
): Promise<{ id: string; algorithm: string; version: number; finishedAt: Date | null } | null> {
  return inWorkspace(ctx, (tx) =>
    tx.run.findFirst({
      where: { id: runId, workspaceId: ctx.workspaceId },
      select: { id: true, algorithm: true, version: true, finishedAt: true },
    }),
  );
}
