import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { inWorkspaceSql } from "#lib/db/sql";
import { ROLLUP_BUCKETS_S } from "./load/refresh-datastreams.ts";

export interface DatastreamRow {
  id: bigint;
  sensorId: string;
  observedProperty: string;
  unit: string;
  firstObservedAt: Date | null;
  lastObservedAt: Date | null;
  stepS: number | null;
}

export function findDatastream(ctx: Ctx, sensorId: string, observedProperty: string): Promise<DatastreamRow | null> {
  return inWorkspace(ctx, (tx) =>
    tx.datastream.findFirst({
      where: { workspaceId: ctx.workspaceId, sensorId, observedProperty },
      select: { id: true, sensorId: true, observedProperty: true, unit: true, firstObservedAt: true, lastObservedAt: true, stepS: true },
    }),
  );
}

export interface SeriesRange {
  datastreamId: bigint;
  from: Date;
  to: Date;
}

/** Observation instants (epoch ms) and values in time order, both ends included. */
export interface SeriesPoints {
  t: Float64Array;
  v: Float64Array;
}

export async function readObservations(ctx: Ctx, { datastreamId, from, to }: SeriesRange): Promise<SeriesPoints> {
  const { rows } = await inWorkspaceSql(ctx, (client) =>
    client.query<[number, number]>({
      text: `select extract(epoch from observed_at)::float8 * 1000, value from observations
             where datastream_id = $1 and observed_at between $2 and $3 order by observed_at`,
      values: [datastreamId, from, to],
      rowMode: "array",
    }),
  );
  return { t: Float64Array.from(rows, (row) => Math.round(row[0])), v: Float64Array.from(rows, (row) => row[1]) };
}

export interface RollupRow {
  firstAtMs: number;
  lastAtMs: number;
  min: number;
  max: number;
  mean: number;
  count: number;
}

export async function readRollups(ctx: Ctx, { datastreamId, from, to }: SeriesRange, bucketS: number): Promise<RollupRow[]> {
  const { rows } = await inWorkspaceSql(ctx, (client) =>
    client.query<[number, number, number, number, number, number]>({
      text: `select extract(epoch from first_at)::float8 * 1000, extract(epoch from last_at)::float8 * 1000, value_min, value_max,
               value_sum / point_count, point_count
             from observation_rollups where datastream_id = $1 and bucket_s = $2 and bucket_at between $3::timestamptz - make_interval(secs => $2) and $4
             order by bucket_at`,
      values: [datastreamId, bucketS, from, to],
      rowMode: "array",
    }),
  );
  return rows.map(([firstAtMs, lastAtMs, min, max, mean, count]) => ({
    firstAtMs: Math.round(firstAtMs),
    lastAtMs: Math.round(lastAtMs),
    min,
    max,
    mean,
    count,
  }));
}

/** The coarsest rollup that still has at least two buckets per pixel; null when raw values are few enough. */
export function pickBucketS(spanS: number, widthPx: number, stepS: number | null): number | null {
  const pixelS = spanS / widthPx;
  if (stepS !== null && spanS / stepS <= widthPx * 8) return null;
  const fitting = ROLLUP_BUCKETS_S.filter((bucket) => bucket <= pixelS);
  return fitting.at(-1) ?? null;
}

export interface FlagRow {
  check: string;
  flag: number;
  reason: string;
  startAt: Date;
  endAt: Date;
}

export function listFlags(ctx: Ctx, { datastreamId, from, to }: SeriesRange, limit: number): Promise<FlagRow[]> {
  return inWorkspace(ctx, (tx) =>
    tx.flag.findMany({
      where: { workspaceId: ctx.workspaceId, datastreamId, startAt: { lte: to }, endAt: { gte: from } },
      orderBy: [{ flag: "desc" }, { startAt: "asc" }],
      take: limit,
      select: { check: true, flag: true, reason: true, startAt: true, endAt: true },
    }),
  );
}

export interface SourceRow {
  datasetId: string;
  datasetName: string;
  uploadId: string | null;
  fileName: string | null;
  runId: string;
}

/** The files that the observations in a range came from: one index probe per dataset of the sensor's data. */
export async function listSources(ctx: Ctx, { datastreamId, from, to }: SeriesRange): Promise<SourceRow[]> {
  return inWorkspace(ctx, (tx) =>
    tx.$queryRaw<SourceRow[]>`
      select d.id as "datasetId", d.name as "datasetName", d.run_id as "runId", u.id as "uploadId", u.file_name as "fileName"
      from (select distinct dataset_no from (
          select dataset_no from observations where datastream_id = ${datastreamId} and observed_at between ${from} and ${to}
          limit 200000) seen) used
      join datasets d on d.no = used.dataset_no and d.workspace_id = ${ctx.workspaceId}::uuid
      left join lateral (select u.id, u.file_name from dataset_uploads l join uploads u on u.id = l.upload_id
        where l.dataset_id = d.id limit 1) u on true
      order by d.no desc limit 20`,
  );
}
