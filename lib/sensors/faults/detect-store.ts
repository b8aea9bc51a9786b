import type { PoolClient } from "pg";
import type { FoundFault } from "./schema.ts";

export interface StoredFault {
  id: string;
  datastreamId: string;
  kind: string;
  beginAtMs: number;
  endAtMs: number;
  review: string;
  /** Whether somebody has said something of it. */
  isReviewed: boolean;
}

/** Faults of these datastreams that touch the time that was judged. */
export async function listStoredFaults(
  client: PoolClient,
  workspaceId: string,
  judged: readonly { datastreamId: string; fromMs: number; toMs: number }[],
): Promise<StoredFault[]> {
  const { rows } = await client.query<StoredFault>(
    `select f.id, f.datastream_id::text as "datastreamId", f.kind, f.review,
       exists (select from fault_reviews r where r.fault_id = f.id) as "isReviewed",
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

/** Writes faults by id: new ones are added, known ones get what was found now and keep what people said of them. */
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
         priority = excluded.priority, evidence = excluded.evidence, run_id = excluded.run_id, updated_at = now(),
         review = case when faults.review in ('unreviewed', 'maintenance')
           and not exists (select from fault_reviews r where r.fault_id = faults.id) then excluded.review else faults.review end`,
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

/** Those of the faults that lie inside maintenance of their sensor; windows that follow each other count as one. */
export async function findDuringMaintenance(
  client: PoolClient,
  faults: readonly FoundFault[],
): Promise<ReadonlySet<FoundFault>> {
  const { rows } = await client.query<[number]>({
    text: `select n.place::int from unnest($1::uuid[], $2::float8[], $3::float8[]) with ordinality as n (sensor_id, begin_ms, end_ms, place)
       where (select range_agg(tstzrange(w.from_at, w.until_at, '[]'))
         from maintenance_window_sensors m join maintenance_windows w on w.id = m.window_id
         where m.sensor_id = n.sensor_id)
           @> tstzrange(to_timestamp(n.begin_ms / 1000), to_timestamp(n.end_ms / 1000), '[]')`,
    values: [
      faults.map(({ sensorId }) => sensorId),
      faults.map(({ beginAtMs }) => beginAtMs),
      faults.map(({ endAtMs }) => endAtMs),
    ],
    rowMode: "array",
  });
  return new Set(rows.map(([place]) => faults[place - 1]!));
}
