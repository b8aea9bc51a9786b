import type { PoolClient } from "pg";
import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import { sha256Hex } from "#lib/ids";
import { NETWORK_CHECKS } from "./checks/network/schema.ts";
import type { DatastreamSeries } from "./core/observation.ts";

export interface CheckedRange {
  sensorCodes: string[] | null;
  fromMs: number | null;
  toMs: number | null;
  /** Only these of them; absent: all. */
  sensorIds?: readonly string[] | undefined;
}

/** What the stored observations of these sensors are, as a hash: new data make a new run. */
export function findDataFingerprint(
  ctx: Ctx,
  sensorCodes: string[] | null,
): Promise<{ sensorCount: number; hash: string; datasetTables: { artifactId: string; name: string }[] }> {
  return inWorkspace(ctx, async (tx) => {
    const only = sensorCodes ? Prisma.sql`and s.code = any(${sensorCodes})` : Prisma.empty;
    const [row] = await tx.$queryRaw<{ sensors: number; text: string | null }[]>`
      select count(distinct d.sensor_id)::int as sensors,
        md5(string_agg(concat_ws(':', d.id, d.observation_count, extract(epoch from d.last_observed_at)), ',' order by d.id)) as text
      from datastreams d join sensors s on s.id = d.sensor_id
      where d.workspace_id = ${ctx.workspaceId}::uuid ${only}`;
    const tables = await tx.dataset.findMany({
      where: { workspaceId: ctx.workspaceId, kind: "sensor-readings", tableArtifactId: { not: null } },
      orderBy: { no: "desc" },
      take: 20,
      select: { name: true, no: true, tableArtifactId: true },
    });
    const datasetTables = tables.flatMap(({ tableArtifactId, name, no }) =>
      tableArtifactId ? [{ artifactId: tableArtifactId, name: `${name} (dataset ${no})` }] : [],
    );
    return { sensorCount: row?.sensors ?? 0, hash: sha256Hex(row?.text ?? "none"), datasetTables };
  });
}

const SELECTED = `from datastreams d join sensors s on s.id = d.sensor_id
  where d.workspace_id = $1 and ($2::text[] is null or s.code = any($2)) and ($3::uuid[] is null or s.id = any($3))
    and d.observation_count > 0`;

/**
 * How many series there are, and until when they report. One in ten may report later: a single wrong clock, or a few
 * that were read out after the others, do not make the rest silent.
 */
export async function describeCheckedSeries(
  client: PoolClient,
  workspaceId: string,
  range: CheckedRange,
): Promise<{ count: number; untilMs: number | undefined }> {
  const { rows } = await client.query<{ count: number; untilMs: number | null }>(
    `select count(*)::int as count, extract(epoch from least(percentile_disc(0.9) within group (order by d.last_observed_at),
       to_timestamp($4::float8 / 1000)))::float8 * 1000 as "untilMs" ${SELECTED}`,
    [workspaceId, range.sensorCodes, range.sensorIds ?? null, range.toMs],
  );
  return { count: rows[0]?.count ?? 0, untilMs: rows[0]?.untilMs ?? undefined };
}

/** One datastream after the other, so that memory holds a single series however large the network. */
export async function* readSeriesToCheck(
  client: PoolClient,
  workspaceId: string,
  range: CheckedRange,
): AsyncGenerator<DatastreamSeries> {
  const { rows: streams } = await client.query<{
    id: string;
    sensorCode: string;
    observedProperty: string;
    unit: string;
  }>(
    `select d.id::text, s.code as "sensorCode", d.observed_property as "observedProperty", d.unit ${SELECTED} order by d.id`,
    [workspaceId, range.sensorCodes, range.sensorIds ?? null],
  );
  for (const stream of streams) {
    const { rows } = await client.query<[number, number]>({
      text: `select extract(epoch from observed_at)::float8 * 1000, value from observations
             where datastream_id = $1 and ($2::float8 is null or observed_at >= to_timestamp($2 / 1000))
               and ($3::float8 is null or observed_at <= to_timestamp($3 / 1000)) order by observed_at`,
      values: [stream.id, range.fromMs, range.toMs],
      rowMode: "array",
    });
    yield {
      datastreamId: stream.id,
      sensorCode: stream.sensorCode,
      observedProperty: stream.observedProperty,
      unit: stream.unit,
      times: Float64Array.from(rows, (row) => row[0]),
      values: Float64Array.from(rows, (row) => row[1]),
    };
  }
}

/**
 * One check of a workspace writes its verdicts after the other: a verdict is made of the flags of all of them, and two
 * that wrote at once would each miss the other's. The first thing a commit does, so that all wait at one place.
 */
export async function waitForOtherChecks(client: PoolClient, workspaceId: string): Promise<void> {
  await client.query("select pg_advisory_xact_lock(hashtext('sensor-verdicts'), hashtext($1))", [workspaceId]);
}

interface NewFlag {
  datastreamId: string;
  check: string;
  flag: number;
  reason: string;
  score: number | null;
  startAtMs: number;
  endAtMs: number;
  pointCount: number;
}

/** Flags of the fault detector are named after it, so that it and the checks replace their own only. */
export const FAULT_CHECK_PREFIX = "fault: ";

interface Replacement extends Omit<CheckedRange, "sensorCodes"> {
  workspaceId: string;
  runId: string;
  /** Each replaces its own flags only. */
  by: "checks" | "network" | "detector";
  seriesIds: readonly string[];
  flags: readonly NewFlag[];
}

/** The newest run's flags stand for the series and time it looked at; earlier ones of that span make way. */
export async function replaceFlags(client: PoolClient, replacement: Replacement): Promise<void> {
  const { workspaceId, runId, by, seriesIds, fromMs, toMs } = replacement;
  await client.query(
    `delete from flags where workspace_id = $1 and datastream_id = any($2::bigint[]) and $6 = case
         when starts_with("check", $5) then 'detector' when "check" = any($7::text[]) then 'network' else 'checks' end
       and ($3::float8 is null or end_at >= to_timestamp($3 / 1000)) and ($4::float8 is null or start_at <= to_timestamp($4 / 1000))`,
    [workspaceId, seriesIds, fromMs, toMs, FAULT_CHECK_PREFIX, by, NETWORK_CHECKS],
  );
  const flags = replacement.flags;
  for (let start = 0; start < flags.length; start += 10_000) {
    const batch = flags.slice(start, start + 10_000);
    await client.query(
      `insert into flags (workspace_id, run_id, datastream_id, "check", flag, reason, score, start_at, end_at, point_count)
       select $1, $2, d, c, f, r, s, to_timestamp(a / 1000), to_timestamp(e / 1000), n
       from unnest($3::bigint[], $4::text[], $5::int2[], $6::text[], $7::float8[], $8::float8[], $9::float8[], $10::int4[])
         as new (d, c, f, r, s, a, e, n)`,
      [
        workspaceId,
        runId,
        batch.map((flag) => flag.datastreamId),
        batch.map((flag) => flag.check),
        batch.map((flag) => flag.flag),
        batch.map((flag) => flag.reason),
        batch.map((flag) => flag.score),
        batch.map((flag) => flag.startAtMs),
        batch.map((flag) => flag.endAtMs),
        batch.map((flag) => flag.pointCount),
      ],
    );
  }
}

/** What a sensor showed while somebody worked on it says nothing about it. */
const OUTSIDE_MAINTENANCE = `not exists (select from maintenance_window_sensors m
  join maintenance_windows w on w.id = m.window_id
  where m.sensor_id = d.sensor_id and f.start_at >= w.from_at and f.end_at <= w.until_at)`;

/** For so long after a fault a sensor that is good again counts as recovered. */
const RECOVERED_DAYS = 7;

/**
 * A sensor's verdict from the flags of the day before its newest reading: failed values make it faulty, suspect or
 * a few failed ones suspect. Older flags no longer count, so a repaired sensor recovers by itself. The rule is
 * `lib/sensors/core/health`; silence is not stored but read from the clock.
 */
export async function updateVerdicts(
  client: PoolClient,
  { workspaceId, runId, seriesIds }: { workspaceId: string; runId: string; seriesIds: readonly string[] },
): Promise<void> {
  await client.query(
    `with recent as (
       select s.id as sensor_id, f.flag, f.reason, f.point_count, f.start_at, f.end_at >= s.last_observed_at as reaches_end
       from sensors s join datastreams d on d.sensor_id = s.id join flags f on f.datastream_id = d.id and f.flag in (3, 4)
       where s.workspace_id = $1 and d.id = any($2::bigint[]) and f.end_at >= s.last_observed_at - interval '1 day'
         and ${OUTSIDE_MAINTENANCE}),
     judged as (
       select sensor_id,
         case when bool_or(flag = 4 and reaches_end) or sum(point_count) filter (where flag = 4) >= 3 then 'fault'
           when bool_or(flag = 4) or bool_or(flag = 3 and reaches_end) or sum(point_count) filter (where flag = 3) >= 3 then 'suspect'
           else 'good' end as verdict,
         (array_agg(reason order by flag desc, point_count desc))[1] as reason, min(start_at) as since
       from recent group by sensor_id),
     past as (
       select d.sensor_id, max(f.end_at) as end_at from datastreams d join flags f on f.datastream_id = d.id
       where d.id = any($2::bigint[]) and f.workspace_id = $1 and f.flag = 4 and f.point_count >= 3
         and ${OUTSIDE_MAINTENANCE} group by d.sensor_id)
     update sensors s set verdict = coalesce(j.verdict, 'good'), verdict_reason = coalesce(j.reason, ''), verdict_run_id = $3,
       verdict_since = case when coalesce(j.verdict, 'good') = 'good' then past.end_at else j.since end,
       recovered_until = past.end_at + make_interval(days => $4::int), updated_at = now()
     from (select distinct d.sensor_id from datastreams d where d.id = any($2::bigint[])) checked
     left join judged j using (sensor_id) left join past using (sensor_id)
     where s.id = checked.sensor_id and s.workspace_id = $1`,
    [workspaceId, seriesIds, runId, RECOVERED_DAYS],
  );
}
