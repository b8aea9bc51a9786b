import type { PoolClient } from "pg";
import type { Ctx } from "#lib/auth/context";
import { inWorkspaceSql } from "#lib/db/sql";
import type { Reading } from "#lib/sensors/readings/admit-reading";
import { ReadingBatch } from "#lib/sensors/cleaning/reading-columns";
import { openReadingsSink } from "./readings-sink.ts";

/** Observations that devices posted belong to no dataset. */
const NO_DATASET = { id: "", no: 0 };

export interface StoredValue {
  sensorCode: string;
  observedProperty: string;
  observedAtMs: number;
  value: number;
}

/** Stores readings through the sink of all readings; answers those that were there before, with the value that stays. */
export function storePostedReadings(ctx: Ctx, readings: readonly Reading[]): Promise<StoredValue[]> {
  return inWorkspaceSql(ctx, async (client) => {
    let earlier: StoredValue[] = [];
    const sink = await openReadingsSink(ctx, client, {
      beforeMove: async () => {
        earlier = await findStoredOfStaged(client);
      },
    });
    const batch = new ReadingBatch(readings.length);
    for (const [i, reading] of readings.entries()) batch.add(reading, i);
    await sink.push(batch.toColumns(""), batch.rowCount);
    await sink.commit(NO_DATASET);
    return earlier;
  });
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
