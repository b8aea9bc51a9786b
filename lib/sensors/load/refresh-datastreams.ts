import type { PoolClient } from "pg";

/** Rollup levels, seconds. The finest is kept only for dense series: it must be ten times smaller to be worth its rows. */
export const ROLLUP_BUCKETS_S = [300, 3600, 86_400] as const;
export const DENSE_STEP_S = 30;

/**
 * Brings what is derived from observations up to date for every datastream in `touched`: usual step, rollups of the
 * days touched, counts, last value, and the sensor's own first and last reading. Whole days, so that every rollup
 * bucket is computed from all of its observations.
 */
export async function refreshDatastreams(client: PoolClient, workspaceId: string): Promise<void> {
  await client.query("analyze touched");
  await setUsualStep(client, workspaceId);
  await splitByDensity(client);
  await rollUp(client, workspaceId, { bucketS: 300, series: "touched_dense", fromS: null });
  await rollUp(client, workspaceId, { bucketS: 3600, series: "touched_dense", fromS: 300 });
  await rollUp(client, workspaceId, { bucketS: 3600, series: "touched_sparse", fromS: null });
  await rollUp(client, workspaceId, { bucketS: 86_400, series: "touched", fromS: 3600 });
  await setTotals(client, workspaceId);
}

/** The median spacing of up to 2,000 recent readings. */
async function setUsualStep(client: PoolClient, workspaceId: string): Promise<void> {
  await client.query(
    `update datastreams d set step_s = steps.step_s
     from (
       select t.datastream_id, percentile_cont(0.5) within group (order by spacing_s) as step_s
       from touched t cross join lateral (
         select extract(epoch from observed_at - lag(observed_at) over (order by observed_at)) as spacing_s
         from (select observed_at from observations o
           where o.datastream_id = t.datastream_id and o.observed_at >= t.from_at and o.observed_at < t.to_at
           order by observed_at desc limit 2000) recent) spacings
       where spacing_s is not null group by t.datastream_id) steps
     where d.id = steps.datastream_id and d.workspace_id = $1`,
    [workspaceId],
  );
}

/** Tables of their own rather than a condition, so that the planner knows how few there are of each. */
async function splitByDensity(client: PoolClient): Promise<void> {
  for (const [name, operator] of [
    ["touched_dense", "<"],
    ["touched_sparse", ">="],
  ] as const) {
    await client.query(
      `create temp table ${name} on commit drop as select t.* from touched t join datastreams d on d.id = t.datastream_id
       where coalesce(d.step_s, 0) ${operator} ${DENSE_STEP_S}`,
    );
    await client.query(`analyze ${name}`);
  }
}

interface Level {
  bucketS: number;
  series: "touched" | "touched_dense" | "touched_sparse";
  /** The finer level it is made from; null = from the observations. */
  fromS: number | null;
}

async function rollUp(client: PoolClient, workspaceId: string, { bucketS, series, fromS }: Level): Promise<void> {
  const rows =
    fromS === null
      ? `select t.datastream_id, o.observed_at as at, o.observed_at as first_at, o.observed_at as last_at,
           o.value as value_min, o.value as value_max, o.value as value_sum, 1 as point_count
         from ${series} t
         join observations o on o.datastream_id = t.datastream_id and o.observed_at >= t.from_at and o.observed_at < t.to_at`
      : `select t.datastream_id, o.bucket_at as at, o.first_at, o.last_at, o.value_min, o.value_max, o.value_sum, o.point_count
         from ${series} t
         join observation_rollups o on o.datastream_id = t.datastream_id and o.bucket_at >= t.from_at and o.bucket_at < t.to_at
           and o.bucket_s = ${fromS}`;
  await client.query(
    `insert into observation_rollups
       (workspace_id, datastream_id, bucket_s, bucket_at, first_at, last_at, value_min, value_max, value_sum, point_count)
     select $1, datastream_id, ${bucketS}, date_bin('${bucketS} seconds', at, timestamptz '2000-01-01Z') as bucket_at,
       min(first_at), max(last_at), min(value_min), max(value_max), sum(value_sum), sum(point_count)
     from (${rows}) source group by datastream_id, 4
     on conflict (datastream_id, bucket_s, bucket_at) do update set
       first_at = excluded.first_at, last_at = excluded.last_at, value_min = excluded.value_min,
       value_max = excluded.value_max, value_sum = excluded.value_sum, point_count = excluded.point_count`,
    [workspaceId],
  );
}

async function setTotals(client: PoolClient, workspaceId: string): Promise<void> {
  await client.query(
    `update datastreams d set observation_count = totals.point_count, first_observed_at = totals.first_at,
       last_observed_at = totals.last_at,
       last_value = (select value from observations o where o.datastream_id = d.id and o.observed_at = totals.last_at)
     from touched t cross join lateral (
       select sum(r.point_count) as point_count, min(r.first_at) as first_at, max(r.last_at) as last_at
       from observation_rollups r where r.datastream_id = t.datastream_id and r.bucket_s = 86400) totals
     where d.id = t.datastream_id and d.workspace_id = $1`,
    [workspaceId],
  );
  // A sensor falls silent after six of its usual steps, but not within the hour.
  await client.query(
    `update sensors s set first_observed_at = t.first_at, last_observed_at = t.last_at,
       silent_after = t.last_at + make_interval(secs => greatest(3600, 6 * coalesce(t.step_s, 600))), updated_at = now()
     from (select d.sensor_id, min(d.first_observed_at) as first_at, max(d.last_observed_at) as last_at, min(d.step_s) as step_s
       from datastreams d where d.workspace_id = $1
         and d.sensor_id in (select sensor_id from datastreams join touched on datastream_id = id) group by d.sensor_id) t
     where s.id = t.sensor_id and s.workspace_id = $1`,
    [workspaceId],
  );
}
