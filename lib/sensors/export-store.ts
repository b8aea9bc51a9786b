import type { PoolClient } from "pg";
import type { Ctx } from "#lib/auth/context";
import { APP_ROLE } from "#lib/db/client";
import { pool } from "#lib/db/pool";

const FETCH_ROWS = 5_000;

type ExportRow = [
  property: string,
  unit: string,
  at: string,
  value: number,
  flag: number,
  reason: string,
  dataset: string,
  file: string,
];

/** Observations of one sensor in time order through a cursor, with the worst flag and the source of each. */
export async function* streamObservations(
  ctx: Ctx,
  sensorId: string,
  range: { property?: string | undefined; from?: Date | undefined; to?: Date | undefined },
): AsyncGenerator<ExportRow, void, undefined> {
  const client: PoolClient = await pool().connect();
  let isBroken = false;
  try {
    await client.query("begin read only");
    await client.query("select set_config('role', $1, true), set_config('app.workspace_id', $2, true)", [
      APP_ROLE,
      ctx.workspaceId,
    ]);
    await client.query(
      `declare exported no scroll cursor for
       select d.observed_property, d.unit, to_char(o.observed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), o.value,
         coalesce(f.flag, case when d.observation_count > 0 and s.verdict_run_id is null then 2 else 1 end), coalesce(f.reason, ''),
         coalesce(t.name, ''),
         coalesce(u.file_name, 'posted by ' || p.actor_label || ' in the hour from ' || to_char(p.hour_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"'), '')
       from datastreams d join sensors s on s.id = d.sensor_id
       join observations o on o.datastream_id = d.id
       left join lateral (select flag, reason from flags f where f.workspace_id = d.workspace_id and f.datastream_id = d.id
         and o.observed_at between f.start_at and f.end_at and f.flag in (3, 4) order by f.flag desc limit 1) f on true
       left join datasets t on t.no = o.dataset_no
       left join lateral (select u.file_name from dataset_uploads l join uploads u on u.id = l.upload_id where l.dataset_id = t.id limit 1) u on true
       left join observation_posts p on p.no = -o.dataset_no
       where d.workspace_id = $1 and d.sensor_id = $2 and ($3::text is null or d.observed_property = $3)
         and ($4::timestamptz is null or o.observed_at >= $4) and ($5::timestamptz is null or o.observed_at <= $5)
       order by d.observed_property, o.observed_at`,
      [ctx.workspaceId, sensorId, range.property ?? null, range.from ?? null, range.to ?? null],
    );
    for (;;) {
      const { rows } = await client.query<ExportRow>({ text: `fetch ${FETCH_ROWS} from exported`, rowMode: "array" });
      yield* rows;
      if (rows.length < FETCH_ROWS) break;
    }
  } catch (error) {
    isBroken = true;
    throw error;
  } finally {
    await client.query("rollback").catch(() => {
      isBroken = true;
    });
    client.release(isBroken);
  }
}
