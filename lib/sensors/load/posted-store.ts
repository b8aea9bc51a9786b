import type { PoolClient } from "pg";
import { actorId, type Ctx } from "#lib/auth/context";
import { inWorkspaceSql } from "#lib/db/sql";
import type { Reading } from "#lib/sensors/readings/admit-reading";
import { ReadingBatch } from "#lib/sensors/cleaning/reading-columns";
import { openReadingsSink } from "./readings-sink.ts";
import { enqueuePostedCheck } from "./store.ts";

export interface StoredValue {
  sensorCode: string;
  observedProperty: string;
  observedAtMs: number;
  value: number;
}

/** Stores readings through the sink of all readings; answers those that were there before, with the value that stays. */
export function storePostedReadings(ctx: Ctx, readings: readonly Reading[]): Promise<StoredValue[]> {
  return inWorkspaceSql(ctx, async (client) => {
    const postNo = await openPost(ctx, client);
    let earlier: StoredValue[] = [];
    const sink = await openReadingsSink(ctx, client, {
      beforeMove: async () => {
        earlier = await findStoredOfStaged(client);
      },
      enqueueCheck: enqueuePostedCheck,
    });
    const batch = new ReadingBatch(readings.length);
    for (const [i, reading] of readings.entries()) batch.add(reading, i);
    await sink.push(batch.toColumns(""), batch.rowCount);
    // A negative number is a post where a positive one is a dataset.
    const { stored } = await sink.commit({ id: "", no: -postNo });
    await client.query("update observation_posts set stored_count = stored_count + $2 where no = $1", [postNo, stored]);
    return earlier;
  });
}

/** The post of this hour and actor; one row an hour, however many devices share a key. */
async function openPost(ctx: Ctx, client: PoolClient): Promise<number> {
  const { workspaceId, actor, now } = ctx;
  const { rows } = await client.query<{ no: number }>(
    `insert into observation_posts (workspace_id, hour_at, actor_kind, actor_id, actor_label, first_at, last_at)
     values ($1, date_trunc('hour', $2::timestamptz), $3, $4, $5, $2, $2)
     on conflict (workspace_id, hour_at, actor_kind, actor_id)
     do update set last_at = greatest(observation_posts.last_at, excluded.last_at) returning no`,
    [workspaceId, now, actor.kind, actorId(actor) ?? actor.label, actor.label],
  );
  return rows[0]?.no ?? 0;
}

async function findStoredOfStaged(client: PoolClient): Promise<StoredValue[]> {
  const { rows } = await client.query<StoredValue>(
    `select distinct s.code as "sensorCode", n.observed_property as "observedProperty",
       extract(epoch from o.observed_at)::float8 * 1000 as "observedAtMs", o.value
     from staged_readings r join staged_series n using (series_no) join sensors s on s.id = n.sensor_id
     join observations o on o.datastream_id = n.datastream_id and o.observed_at = r.observed_at`,
  );
  return rows;
}
