import type { PoolClient } from "pg";
import type { BlockSeries } from "./core/lay-grid.ts";
import type { Block, BlockMember } from "./core/split-blocks.ts";
import type { DetectFaultsInputs, FoundFault } from "./schema.ts";

const DAY_MS = 86_400_000;

/** Sensors with observations, as far as grouping them needs. */
export async function listMembers(
  client: PoolClient,
  workspaceId: string,
  { sensorCodes }: Pick<DetectFaultsInputs, "sensorCodes">,
): Promise<BlockMember[]> {
  const { rows } = await client.query<BlockMember>(
    `select s.id as "sensorId", s.mercator_x as x, s.mercator_y as y, min(coalesce(d.step_s, 900)) * 1000 as "stepMs"
     from sensors s join datastreams d on d.sensor_id = s.id and d.observation_count > 0
     where s.workspace_id = $1 and ($2::text[] is null or s.code = any($2)) group by s.id order by s.id`,
    [workspaceId, sensorCodes],
  );
  return rows;
}

interface Window {
  windowDays: number;
  toMs: number | null;
}

/** The last days of every datastream of a block, back from the newest observation of any of them. */
export async function readBlock(
  client: PoolClient,
  block: Block,
  { windowDays, toMs }: Window,
): Promise<BlockSeries[]> {
  const { rows: streams } = await client.query<Omit<BlockSeries, "times" | "values"> & { lastMs: number }>(
    `select d.id::text as "datastreamId", s.id as "sensorId", s.code as "sensorCode",
       d.observed_property as "observedProperty", d.unit, extract(epoch from d.last_observed_at)::float8 * 1000 as "lastMs"
     from datastreams d join sensors s on s.id = d.sensor_id
     where s.id = any($1::uuid[]) and d.observation_count > 0 order by d.id`,
    [block.sensorIds],
  );
  const newestMs = Math.min(toMs ?? Infinity, Math.max(...streams.map(({ lastMs }) => lastMs)));
  const series: BlockSeries[] = [];
  for (const { lastMs, ...stream } of streams) {
    const fromMs = newestMs - windowDays * DAY_MS;
    if (lastMs < fromMs) continue;
    const { rows } = await client.query<[number, number]>({
      text: `select extract(epoch from observed_at)::float8 * 1000, value from observations where datastream_id = $1
             and observed_at > to_timestamp($2::float8 / 1000) and observed_at <= to_timestamp($3::float8 / 1000) order by observed_at`,
      values: [stream.datastreamId, fromMs, newestMs],
      rowMode: "array",
    });
    if (rows.length === 0) continue;
    series.push({
      ...stream,
      times: Float64Array.from(rows, (row) => row[0]),
      values: Float64Array.from(rows, (row) => row[1]),
    });
  }
  return series;
}

export interface StoredFault {
  id: string;
  datastreamId: string;
  kind: string;
  beginAtMs: number;
  endAtMs: number;
  review: string;
}

/** Faults of these datastreams that touch the time that was judged. */
export async function listStoredFaults(
  client: PoolClient,
  workspaceId: string,
  judged: readonly { datastreamId: string; fromMs: number; toMs: number }[],
): Promise<StoredFault[]> {
  const { rows } = await client.query<StoredFault>(
    `select f.id, f.datastream_id::text as "datastreamId", f.kind, f.review,
       extract(epoch from f.begin_at)::float8 * 1000 as "beginAtMs", extract(epoch from f.end_at)::float8 * 1000 as "endAtMs"
     from unnest($2::bigint[], $3::float8[], $4::float8[]) as j (datastream_id, from_ms, to_ms)
     join faults f on f.workspace_id = $1 and f.datastream_id = j.datastream_id
       and f.end_at >= to_timestamp(j.from_ms / 1000) and f.begin_at <= to_timestamp(j.to_ms / 1000)
     order by f.begin_at`,
    [
      workspaceId,
      judged.map((one) => one.datastreamId),
      judged.map((one) => one.fromMs),
      judged.map((one) => one.toMs),
    ],
  );
  return rows;
}

export async function deleteFaults(client: PoolClient, workspaceId: string, ids: readonly string[]): Promise<void> {
  await client.query("delete from faults where workspace_id = $1 and id = any($2::uuid[])", [workspaceId, ids]);
}

/** Writes faults by id: new ones are added, known ones get what was found now and keep their review. */
export async function upsertFaults(
  client: PoolClient,
  { workspaceId, runId }: { workspaceId: string; runId: string },
  faults: readonly (FoundFault & { id: string; review: string })[],
): Promise<void> {
  for (const fault of faults) {
    await client.query(
      `insert into faults (id, workspace_id, sensor_id, datastream_id, kind, mode, begin_at, end_at, is_open, point_count,
         magnitude, unit, score, confidence, priority, evidence, run_id, review, updated_at)
       values ($1, $2, $3, $4, $5, $6, to_timestamp($7 / 1000.0), to_timestamp($8 / 1000.0), $9, $10, $11, $12, $13, $14,
         $15, $16, $17, $18, now())
       on conflict (id) do update set kind = excluded.kind, mode = excluded.mode, begin_at = excluded.begin_at,
         end_at = excluded.end_at, is_open = excluded.is_open, point_count = excluded.point_count,
         magnitude = excluded.magnitude, unit = excluded.unit, score = excluded.score, confidence = excluded.confidence,
         priority = excluded.priority, evidence = excluded.evidence, run_id = excluded.run_id, updated_at = now()`,
      [
        fault.id,
        workspaceId,
        fault.sensorId,
        fault.datastreamId,
        fault.kind,
        fault.mode,
        fault.beginAtMs,
        fault.endAtMs,
        fault.isOpen,
        fault.pointCount,
        fault.magnitude,
        fault.unit,
        fault.score,
        fault.confidence,
        fault.priority,
        JSON.stringify(fault.evidence),
        runId,
        fault.review,
      ],
    );
  }
}

export interface JudgedState {
  /** Sensors with readings that the last detection of this kind did not see. */
  changed: ReadonlySet<string>;
  /** Observations of each datastream now: what is read later may be more, and is then judged again. */
  counts: ReadonlyMap<string, string>;
}

export async function readJudgedState(client: PoolClient, workspaceId: string, key: string): Promise<JudgedState> {
  const { rows } = await client.query<[id: string, sensorId: string, count: string, isChanged: boolean]>({
    text: `select id::text, sensor_id, observation_count::text,
             judged_key is distinct from $2 or judged_count is distinct from observation_count
           from datastreams where workspace_id = $1`,
    values: [workspaceId, key],
    rowMode: "array",
  });
  return {
    changed: new Set(rows.flatMap(([, sensorId, , isChanged]) => (isChanged ? [sensorId] : []))),
    counts: new Map(rows.map(([id, , count]) => [id, count])),
  };
}

/** Remembers of the judged blocks how much was there; those that a detection left out are as they were. */
export async function markJudged(
  client: PoolClient,
  workspaceId: string,
  { key, blocks, counts }: { key: string; blocks: readonly Block[]; counts: ReadonlyMap<string, string> },
): Promise<void> {
  await client.query(
    `update datastreams d set judged_key = $2, judged_count = k.count
     from unnest($3::bigint[], $4::bigint[]) as k (id, count)
     where d.workspace_id = $1 and d.id = k.id and d.sensor_id = any($5::uuid[])`,
    [workspaceId, key, [...counts.keys()], [...counts.values()], blocks.flatMap(({ sensorIds }) => sensorIds)],
  );
}
