import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import { inWorkspaceSql } from "#lib/db/sql";
import { DENSE_STEP_S, ROLLUP_BUCKETS_S } from "./load/refresh-datastreams.ts";

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
      select: {
        id: true,
        sensorId: true,
        observedProperty: true,
        unit: true,
        firstObservedAt: true,
        lastObservedAt: true,
        stepS: true,
      },
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

export async function readRollups(
  ctx: Ctx,
  { datastreamId, from, to }: SeriesRange,
  bucketS: number,
): Promise<RollupRow[]> {
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

export interface RecentMean {
  observedProperty: string;
  atMs: number;
  mean: number;
  /** Whether the quantity reports at least every hour. */
  isHourly: boolean;
}

/** Mean per hour of every quantity of a sensor, by quantity and time. */
export function readRecentMeans(
  ctx: Ctx,
  sensorId: string,
  { from, to }: { from: Date; to: Date },
): Promise<RecentMean[]> {
  return inWorkspace(
    ctx,
    (tx) =>
      tx.$queryRaw<RecentMean[]>`
      select d.observed_property as "observedProperty", date_part('epoch', r.bucket_at) * 1000 as "atMs",
        r.value_sum / r.point_count as mean, coalesce(d.step_s <= 3600, false) as "isHourly"
      from datastreams d join observation_rollups r on r.datastream_id = d.id and r.bucket_s = 3600
        and r.bucket_at between ${from} and ${to}
      where d.workspace_id = ${ctx.workspaceId}::uuid and d.sensor_id = ${sensorId}::uuid order by 1, 2`,
  );
}

/**
 * The coarsest rollup with at least one bucket per pixel; null when raw values are few enough or no rollup is fine
 * enough. The finest exists only for series as dense as when it was made.
 */
export function pickBucketS(spanS: number, widthPx: number, stepS: number | null): number | null {
  const pixelS = spanS / widthPx;
  if (stepS !== null && spanS / stepS <= widthPx * 8) return null;
  const isDense = stepS !== null && stepS < DENSE_STEP_S;
  const fitting = ROLLUP_BUCKETS_S.filter((bucket) => bucket <= pixelS && (isDense || bucket > ROLLUP_BUCKETS_S[0]));
  return fitting.at(-1) ?? null;
}

/** How many observations the buckets of a level stand for between two instants, both on whole hours. */
export async function countRolledUp(ctx: Ctx, { datastreamId, from, to }: SeriesRange): Promise<Map<number, number>> {
  const { rows } = await inWorkspaceSql(ctx, (client) =>
    client.query<[number, number]>({
      text: `select bucket_s, sum(point_count)::float8 from observation_rollups
             where datastream_id = $1 and bucket_s in (300, 3600) and bucket_at >= $2 and bucket_at < $3 group by 1`,
      values: [datastreamId, from, to],
      rowMode: "array",
    }),
  );
  return new Map(rows);
}

/** Observations in a range, from the index alone. */
export async function countObservations(ctx: Ctx, { datastreamId, from, to }: SeriesRange): Promise<number> {
  const { rows } = await inWorkspaceSql(ctx, (client) =>
    client.query<[number]>({
      text: "select count(*)::int from observations where datastream_id = $1 and observed_at >= $2 and observed_at <= $3",
      values: [datastreamId, from, to],
      rowMode: "array",
    }),
  );
  return rows[0]?.[0] ?? 0;
}

export interface FlagRow {
  check: string;
  flag: number;
  reason: string;
  startAt: Date;
  endAt: Date;
}

/** Flags that touch a range; when there are too many the worst stay (missing observations are no verdict). */
export function listFlags(ctx: Ctx, { datastreamId, from, to }: SeriesRange, limit: number): Promise<FlagRow[]> {
  return inWorkspace(
    ctx,
    (tx) =>
      tx.$queryRaw<FlagRow[]>`
      select "check", flag::int as flag, reason, start_at as "startAt", end_at as "endAt" from flags
      where workspace_id = ${ctx.workspaceId}::uuid and datastream_id = ${datastreamId}
        and start_at <= ${to} and end_at >= ${from}
      order by case flag when 4 then 0 when 3 then 1 else 2 end, point_count desc, start_at limit ${limit}`,
  );
}

/** All flags that touch a range, by check. */
export async function countFlags(ctx: Ctx, { datastreamId, from, to }: SeriesRange): Promise<Record<string, number>> {
  const groups = await inWorkspace(ctx, (tx) =>
    tx.flag.groupBy({
      by: ["check"],
      where: { workspaceId: ctx.workspaceId, datastreamId, startAt: { lte: to }, endAt: { gte: from } },
      _count: true,
    }),
  );
  return Object.fromEntries(groups.map(({ check, _count }) => [check, _count]));
}

export interface SourceRow {
  datasetId: string;
  datasetName: string;
  uploadId: string | null;
  fileName: string | null;
  runId: string;
}

/** Up to here every observation of a range is asked where it came from; above, evenly spread ones are. */
const SOURCE_ROWS_MAX = 20_000;
const SOURCE_PROBES = 250;
const SOURCES_MAX = 20;

export interface PostRow {
  no: number;
  actorLabel: string;
  actorKind: string;
  firstAt: Date;
  lastAt: Date;
}

/** The files and posts behind a range, the newest first. `pointCount` is how many observations it holds, roughly. */
export function listSources(
  ctx: Ctx,
  { datastreamId, from, to }: SeriesRange,
  pointCount: number,
): Promise<{ sources: SourceRow[]; posts: PostRow[] }> {
  const probed = Prisma.sql`select distinct (select o.dataset_no from observations o
      where o.datastream_id = ${datastreamId} and o.observed_at between probe.at and probe.at + ${probeSpan(from, to)}::interval
      order by o.observed_at limit 1) as dataset_no
    from generate_series(${from}::timestamptz, ${to}::timestamptz, ${probeSpan(from, to)}::interval) as probe (at)`;
  const read = Prisma.sql`select distinct dataset_no from observations
    where datastream_id = ${datastreamId} and observed_at between ${from} and ${to}`;
  return inWorkspace(ctx, async (tx) => {
    const used = await tx.$queryRaw<{ no: number | null }[]>`
      select dataset_no as no from (${pointCount > SOURCE_ROWS_MAX ? probed : read}) used`;
    const nos = used.flatMap(({ no }) => (no === null ? [] : [no]));
    const sources = await tx.$queryRaw<SourceRow[]>`
      select d.id as "datasetId", d.name as "datasetName", d.run_id as "runId", u.id as "uploadId", u.file_name as "fileName"
      from datasets d left join lateral (select u.id, u.file_name from dataset_uploads l join uploads u on u.id = l.upload_id
        where l.dataset_id = d.id limit 1) u on true
      where d.workspace_id = ${ctx.workspaceId}::uuid and d.no = any(${nos.filter((no) => no > 0)})
      order by d.no desc limit ${SOURCES_MAX}`;
    const posts = await tx.observationPost.findMany({
      where: { workspaceId: ctx.workspaceId, no: { in: nos.filter((no) => no < 0).map((no) => -no) } },
      orderBy: { no: "desc" },
      take: SOURCES_MAX,
      select: { no: true, actorLabel: true, actorKind: true, firstAt: true, lastAt: true },
    });
    return { sources, posts };
  });
}

function probeSpan(from: Date, to: Date): string {
  return `${Math.max(1, Math.ceil((to.getTime() - from.getTime()) / SOURCE_PROBES))} milliseconds`;
}
