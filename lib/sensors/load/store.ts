import type { PoolClient } from "pg";
import { JUDGING_ALGORITHMS } from "../core/judging-algorithms.ts";

export interface SeriesName {
  seriesNo: number;
  /** Used when the sensor is not known yet. */
  sensorId: string;
  sensorCode: string;
  observedProperty: string;
  unit: string;
}

/** Temporary tables live and die with the run's transaction and cost no write-ahead log. */
export async function createStaging(client: PoolClient): Promise<void> {
  await client.query(
    `create temp table staged_readings (series_no int4, observed_at timestamptz(3), value float8) on commit drop`,
  );
}

/** Loads of one workspace follow one another; without this, two files naming the same new sensors deadlock. */
export async function lockSensorLoad(client: PoolClient, workspaceId: string): Promise<void> {
  await client.query("select pg_advisory_xact_lock(hashtext('sensor-load'), hashtext($1))", [workspaceId]);
}

/** Names every staged series: unknown sensors are added without a position, unknown quantities as datastreams. */
export async function addSensorsAndDatastreams(
  client: PoolClient,
  workspaceId: string,
  series: readonly SeriesName[],
): Promise<{ newSensorCount: number; unitNotes: string[] }> {
  const byCode = new Map(series.map((entry) => [entry.sensorCode, entry.sensorId]));
  const sensors = await client.query(
    `insert into sensors (id, workspace_id, code, updated_at)
     select id, $1, code, now() from unnest($2::uuid[], $3::text[]) as new (id, code)
     on conflict (workspace_id, code) do nothing`,
    [workspaceId, [...byCode.values()], [...byCode.keys()]],
  );
  await client.query(
    `create temp table staged_series on commit drop as
     select n.series_no, s.id as sensor_id, n.observed_property, n.unit, null::bigint as datastream_id
     from unnest($2::int4[], $3::text[], $4::text[], $5::text[]) as n (series_no, code, observed_property, unit)
     join sensors s on s.workspace_id = $1 and s.code = n.code`,
    [
      workspaceId,
      series.map((entry) => entry.seriesNo),
      series.map((entry) => entry.sensorCode),
      series.map((entry) => entry.observedProperty),
      series.map((entry) => entry.unit),
    ],
  );
  await client.query(
    `insert into datastreams (workspace_id, sensor_id, observed_property, unit)
     select $1, sensor_id, observed_property, unit from staged_series
     on conflict (workspace_id, sensor_id, observed_property) do nothing`,
    [workspaceId],
  );
  const differing = await client.query<{ observed_property: string; unit: string; stored: string }>(
    `update staged_series t set datastream_id = d.id from datastreams d
     where d.workspace_id = $1 and d.sensor_id = t.sensor_id and d.observed_property = t.observed_property
     returning t.observed_property, t.unit, d.unit as stored`,
    [workspaceId],
  );
  const unitNotes = new Set(
    differing.rows
      .filter((row) => row.unit !== row.stored)
      .map(
        (row) =>
          `${row.observed_property} came in ${row.unit || "no unit"}, earlier files in ${row.stored || "no unit"}`,
      ),
  );
  return { newSensorCount: sensors.rowCount ?? 0, unitNotes: [...unitNotes] };
}

/**
 * Moves staged readings over; answers how many were new. The temporary table `touched` then names every datastream
 * that got some, with the whole days (UTC) they lie in: a file that repeats a year and adds a day touches one day.
 */
export async function moveStagingToObservations(
  client: PoolClient,
  { workspaceId, datasetNo }: { workspaceId: string; datasetNo: number },
): Promise<number> {
  await client.query("set local work_mem = '128MB'");
  const span = await client.query<{ from_at: Date | null; to_at: Date | null }>(
    "select min(observed_at) as from_at, max(observed_at) as to_at from staged_readings",
  );
  const { from_at: fromAt, to_at: toAt } = span.rows[0] ?? {};
  await client.query("select ensure_observation_partitions($1, $2)", [fromAt, toAt]);
  await splitByFreshness(client, fromAt, toAt);
  await client.query(
    `create temp table touched (datastream_id bigint, from_at timestamptz(3), to_at timestamptz(3), added_count integer)
     on commit drop`,
  );
  let addedCount = 0;
  for (const series of ["fresh_series", "known_series"] as const) {
    addedCount += await moveSeries(client, { workspaceId, datasetNo, series });
  }
  return addedCount;
}

/**
 * Loads of a workspace follow one another, so a series without any reading in the file's span cannot meet a duplicate
 * but its own; it is spared the search for one, a third of the time.
 */
async function splitByFreshness(client: PoolClient, fromAt: unknown, toAt: unknown): Promise<void> {
  const stored = `exists (select from observations o where o.datastream_id = s.datastream_id
    and o.observed_at between $1 and $2)`;
  await client.query("analyze staged_readings");
  await client.query(
    `create temp table fresh_series on commit drop as select series_no, datastream_id from staged_series s where not ${stored}`,
    [fromAt, toAt],
  );
  await client.query(
    `create temp table known_series on commit drop as select series_no, datastream_id from staged_series s where ${stored}`,
    [fromAt, toAt],
  );
  await client.query("analyze fresh_series, known_series");
}

interface Move {
  workspaceId: string;
  datasetNo: number;
  series: "fresh_series" | "known_series";
}

async function moveSeries(client: PoolClient, { workspaceId, datasetNo, series }: Move): Promise<number> {
  const isFresh = series === "fresh_series";
  const touched = await client.query<{ added: number }>(
    `with added as (
       insert into observations (workspace_id, datastream_id, observed_at, value, dataset_no)
       select ${isFresh ? "distinct on (s.datastream_id, r.observed_at)" : ""}
         $1::uuid, s.datastream_id, r.observed_at, r.value, $2::integer
       from staged_readings r join ${series} s using (series_no)
       order by s.datastream_id, r.observed_at
       ${isFresh ? "" : "on conflict (datastream_id, observed_at) do nothing"}
       returning datastream_id, observed_at)
     insert into touched (datastream_id, from_at, to_at, added_count)
     select datastream_id, date_trunc('day', min(observed_at), 'UTC'),
       date_trunc('day', max(observed_at), 'UTC') + interval '1 day', count(*)
     from added group by datastream_id returning added_count as added`,
    [workspaceId, datasetNo],
  );
  return touched.rows.reduce((sum, row) => sum + row.added, 0);
}

export async function enqueueReferenceMatching(client: PoolClient, workspaceId: string): Promise<void> {
  await client.query("select enqueue_job('match-references', $1::json, $2, now(), 5, null)", [
    JSON.stringify({ workspaceId }),
    `match-references:${workspaceId}`,
  ]);
}

/** A little later, so that files arriving together are checked together. */
export async function enqueueReadingsCheck(client: PoolClient, workspaceId: string): Promise<void> {
  await client.query("select enqueue_job('check-new-readings', $1::json, $2, now() + interval '3 seconds', 5, null)", [
    JSON.stringify({ workspaceId }),
    `check-new-readings:${workspaceId}`,
  ]);
}

/**
 * Devices post all the time: what they posted is checked every five minutes, and less often where a check takes long,
 * so that checking never fills the workers.
 */
export async function enqueuePostedCheck(client: PoolClient, workspaceId: string): Promise<void> {
  await client.query(
    `select enqueue_job('check-posted-readings', $1::json, $2, now() + least(interval '30 minutes',
       greatest(interval '5 minutes', 10 * (select sum(newest.lasted) from unnest($4::text[]) as a (slug)
         cross join lateral (select finished_at - started_at as lasted from runs where workspace_id = $3
           and algorithm = a.slug and state = 'succeeded' order by queued_at desc limit 1) newest))), 5, null)`,
    [JSON.stringify({ workspaceId }), `check-posted-readings:${workspaceId}`, workspaceId, JUDGING_ALGORITHMS],
  );
}

/** The planner knows a partitioned table only by what is gathered by hand; loads that end together share one. */
export async function enqueueStatistics(client: PoolClient): Promise<void> {
  await client.query(
    "select enqueue_job('analyze-observations', '{}', 'analyze-observations', now() + interval '5 seconds', 2, null)",
  );
}
