import type { PoolClient } from "pg";
import type { Block, BlockMember, BlockSeries } from "./split-blocks.ts";

const DAY_MS = 86_400_000;

/** Sensors with observations, as far as grouping them needs. */
export async function listMembers(
  client: PoolClient,
  workspaceId: string,
  sensorCodes: readonly string[] | null,
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
  /** Only these datastreams; absent: all. */
  accept?: (stream: Pick<BlockSeries, "observedProperty" | "unit">) => boolean;
}

/** The last days of every datastream of a block, back from the newest observation of any of them. */
export async function readBlock(
  client: PoolClient,
  { sensorIds }: Pick<Block, "sensorIds">,
  { windowDays, toMs, accept = () => true }: Window,
): Promise<BlockSeries[]> {
  const { rows: stored } = await client.query<Omit<BlockSeries, "times" | "values"> & { lastMs: number }>(
    `select d.id::text as "datastreamId", s.id as "sensorId", s.code as "sensorCode",
       d.observed_property as "observedProperty", d.unit, extract(epoch from d.last_observed_at)::float8 * 1000 as "lastMs"
     from datastreams d join sensors s on s.id = d.sensor_id
     where s.id = any($1::uuid[]) and d.observation_count > 0 order by d.id`,
    [sensorIds],
  );
  const streams = stored.filter(accept);
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

export interface JudgedState {
  /** Sensors with readings that the last detection of this kind did not see. */
  changed: ReadonlySet<string>;
  /** Observations of each datastream now: what is read later may be more, and is then judged again. */
  counts: ReadonlyMap<string, string>;
}

/** Who judged: each remembers for itself. */
export type Judge = "checks" | "faults" | "network";

const COLUMNS: Readonly<Record<Judge, { key: string; count: string }>> = {
  checks: { key: "check_key", count: "check_count" },
  faults: { key: "judged_key", count: "judged_count" },
  network: { key: "network_key", count: "network_count" },
};

/** `key`: what a result rests on beside the readings; with another one everything is judged anew. */
export async function readJudgedState(
  client: PoolClient,
  workspaceId: string,
  { judge, key }: { judge: Judge; key: string },
): Promise<JudgedState> {
  const columns = COLUMNS[judge];
  const { rows } = await client.query<[id: string, sensorId: string, count: string, isChanged: boolean]>({
    text: `select id::text, sensor_id, observation_count::text,
             ${columns.key} is distinct from $2 or ${columns.count} is distinct from observation_count
           from datastreams where workspace_id = $1`,
    values: [workspaceId, key],
    rowMode: "array",
  });
  return {
    changed: new Set(rows.flatMap(([, sensorId, , isChanged]) => (isChanged ? [sensorId] : []))),
    counts: new Map(rows.map(([id, , count]) => [id, count])),
  };
}

interface Judged {
  judge: Judge;
  key: string;
  blocks: readonly Block[];
  counts: ReadonlyMap<string, string>;
}

/** Remembers of the judged blocks how much was there; those that a detection left out are as they were. */
export async function markJudged(
  client: PoolClient,
  workspaceId: string,
  { judge, key, blocks, counts }: Judged,
): Promise<void> {
  await client.query(
    `update datastreams d set ${COLUMNS[judge].key} = $2, ${COLUMNS[judge].count} = k.count
     from unnest($3::bigint[], $4::bigint[]) as k (id, count)
     where d.workspace_id = $1 and d.id = k.id and d.sensor_id = any($5::uuid[])`,
    [workspaceId, key, [...counts.keys()], [...counts.values()], blocks.flatMap(({ sensorIds }) => sensorIds)],
  );
}
