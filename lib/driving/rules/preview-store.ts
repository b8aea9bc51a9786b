import type { Ctx } from "#lib/auth/context";
import { inWorkspaceSql } from "#lib/db/sql";
import type { ArrivedRecord } from "../core/track-episodes.ts";
import { readRecordsFrom } from "../ingest/records-store.ts";
import { wallMs } from "../ingest/sql-arrays.ts";

export interface RecentDriver {
  driverNo: number;
  code: string;
  newestAtMs: number;
  gapS: number;
}

/** Drivers whose newest record is at most so many days older than the newest of all. */
export function listRecentDrivers(ctx: Ctx, days: number): Promise<RecentDriver[]> {
  return inWorkspaceSql(ctx, async (client) => {
    const { rows } = await client.query<RecentDriver>(
      `select d.driver_no as "driverNo", d.code, ${wallMs("d.newest_at")} as "newestAtMs", f.gap_s as "gapS"
       from drivers d join driving_feeds f on f.workspace_id = d.workspace_id
       where d.workspace_id = $1 and d.newest_at >= (select max(newest_at) from drivers where workspace_id = $1)
         - make_interval(days => $2)
       order by d.code`,
      [ctx.workspaceId, days],
    );
    return rows;
  });
}

/** A driver's records from a time on, in their order, at most `limit`. */
export async function readDriverRecords(
  ctx: Ctx,
  { driverNo, code }: RecentDriver,
  range: { fromMs: number; limit: number },
): Promise<ArrivedRecord[]> {
  const { fromMs, limit } = range;
  const found = await inWorkspaceSql(ctx, (client) =>
    readRecordsFrom(client, { starts: [{ driverNo, fromMs }], limit }),
  );
  return (found.get(driverNo) ?? []).map((record) => ({ ...record, driverCode: code, producerSeq: null }));
}
