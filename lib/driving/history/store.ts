import type { Ctx } from "#lib/auth/context";
import { inWorkspaceSql } from "#lib/db/sql";
import { decodeCursor, toPage, type Page } from "#lib/http/pagination";
import type { EpisodeRow, EpisodesQuery, RecordsQuery, StoredRecordRow } from "./schema.ts";

const RECORD = `select r.seq::float8 as seq, d.code as driver, r.plate, r.recorded_at::text as at, r.latitude, r.longitude,
    r.speed_kmh as "speedKmh", r.direction_deg as "directionDeg", r.site_name as "siteName", r.flags,
    r.neutral_slide_s as "neutralSlideS", r.overspeed_s as "overspeedS", r.is_late as "isLate", r.received_at as "receivedAt"
  from driving_records r join drivers d on d.driver_no = r.driver_no`;

/** A driver's records in the order of their time. */
export function listRecordsOfDriver(ctx: Ctx, query: RecordsQuery): Promise<Page<StoredRecordRow>> {
  const [at = null, seq = null] = query.cursor ? decodeCursor(query.cursor, 2) : [];
  const { driver, from = null, to = null, limit } = query;
  return inWorkspaceSql(ctx, async (client) => {
    const { rows } = await client.query<StoredRecordRow>(
      `${RECORD} where d.workspace_id = $1 and d.code = $2
         and ($3::timestamp is null or r.recorded_at >= $3) and ($4::timestamp is null or r.recorded_at <= $4)
         and ($5::timestamp is null or (r.recorded_at, r.seq) > ($5::timestamp, $6::bigint))
       order by r.recorded_at, r.seq limit $7`,
      [ctx.workspaceId, driver, from, to, at, seq, limit + 1],
    );
    return toPage(rows, limit, (row) => [row.at, String(row.seq)]);
  });
}

/** Records of all drivers in the order of arrival. */
export function listRecordsByArrival(ctx: Ctx, query: RecordsQuery): Promise<Page<StoredRecordRow>> {
  const [after = "0"] = query.cursor ? decodeCursor(query.cursor, 1) : [];
  const { fromSeq = 1, toSeq = null, limit } = query;
  return inWorkspaceSql(ctx, async (client) => {
    const { rows } = await client.query<StoredRecordRow>(
      `${RECORD} where r.workspace_id = $1 and r.seq >= greatest($2::bigint, $3::bigint + 1)
         and ($4::bigint is null or r.seq <= $4) order by r.seq limit $5`,
      [ctx.workspaceId, fromSeq, after, toSeq, limit + 1],
    );
    return toPage(rows, limit, (row) => [String(row.seq)]);
  });
}

/** Episodes, newest start first. */
export function listEpisodes(ctx: Ctx, query: EpisodesQuery): Promise<Page<EpisodeRow>> {
  const [at = null, id = null] = query.cursor ? decodeCursor(query.cursor, 2) : [];
  const { driver = null, from = null, to = null, kind = null, state = null, limit } = query;
  return inWorkspaceSql(ctx, async (client) => {
    const { rows } = await client.query<EpisodeRow>(
      `select e.id, d.code as driver, e.plate, e.kind, e.state, e.start_at::text as "startAt", e.end_at::text as "endAt",
         e.duration_s as "durationS", e.reported_s as "reportedS", e.peak_speed_kmh as "peakSpeedKmh",
         e.record_count as "recordCount", e.latitude, e.longitude
       from driving_episodes e join drivers d on d.driver_no = e.driver_no
       where e.workspace_id = $1 and ($2::text is null or d.code = $2) and ($3::timestamp is null or e.start_at >= $3)
         and ($4::timestamp is null or e.start_at <= $4) and ($5::text is null and e.kind <> 'rule' or e.kind = $5)
         and ($6::text is null or e.state = $6)
         and ($7::timestamp is null or (e.start_at, e.id) < ($7::timestamp, $8::uuid))
       order by e.start_at desc, e.id desc limit $9`,
      [ctx.workspaceId, driver, from, to, kind, state, at, id, limit + 1],
    );
    return toPage(rows, limit, (row) => [row.startAt, row.id]);
  });
}

export interface LedgerHour {
  hourAt: Date;
  received: number;
  stored: number;
  duplicate: number;
  rejected: number;
  late: number;
  calls: number;
  inTable: number;
}

/** The ledger's hours, newest first, each with the records that the table really holds. */
export function listLedgerHours(ctx: Ctx, hours: number): Promise<LedgerHour[]> {
  return inWorkspaceSql(ctx, async (client) => {
    const { rows } = await client.query<LedgerHour>(
      `select l.hour_at as "hourAt", l.received::float8, l.stored::float8, l.duplicate::float8, l.rejected::float8,
         l.late::float8, l.calls::float8,
         (select count(*) from driving_records r
          where r.workspace_id = l.workspace_id and r.seq between l.first_seq and l.last_seq)::float8 as "inTable"
       from driving_ledger_hours l where l.workspace_id = $1 order by l.hour_at desc limit $2`,
      [ctx.workspaceId, hours],
    );
    return rows;
  });
}
