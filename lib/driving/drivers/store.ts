import type { Ctx } from "#lib/auth/context";
import { inWorkspaceSql } from "#lib/db/sql";
import { decodeCursor, toPage, type Page } from "#lib/http/pagination";
import { FLAG } from "../core/record.ts";
import type { DrivenEpisode, DriverDay, ListedDriver } from "./schema.ts";

const DRIVER = `select d.code as driver, d.plate, d.newest_at::text as at, d.last_received_at as "receivedAt",
    d.speed_kmh as "speedKmh", d.direction_deg as "directionDeg", d.latitude, d.longitude, d.site_name as "siteName",
    d.record_count::float8 as "recordCount", d.late_count::float8 as "lateCount", f.gap_s as "gapS",
    (select count(*)::int from driving_episodes e
      where e.workspace_id = d.workspace_id and e.driver_no = d.driver_no and e.kind = 'overspeed') as "overspeedCount",
    case
      when d.is_open and exists (select from driving_episodes e where e.workspace_id = d.workspace_id
        and e.driver_no = d.driver_no and e.kind = 'overspeed' and e.state = 'open') then 'over-limit'
      when d.last_received_at < now() - make_interval(secs => f.gap_s) then 'silent'
      when d.is_open then 'coasting' else 'within-limit' end as state
  from drivers d join driving_feeds f on f.workspace_id = d.workspace_id
  where d.workspace_id = $1`;

interface DriversQuery {
  q?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** Drivers whose name or plate holds `q`, by name. */
export function listDrivers(ctx: Ctx, { q, cursor, limit }: DriversQuery): Promise<Page<ListedDriver>> {
  const [after = null] = cursor ? decodeCursor(cursor, 1) : [];
  return inWorkspaceSql(ctx, async (client) => {
    const { rows } = await client.query<ListedDriver>(
      `${DRIVER} and ($2::text is null or position(lower($2) in lower(d.code || ' ' || d.plate)) > 0)
         and ($3::text is null or d.code > $3) order by d.code limit $4`,
      [ctx.workspaceId, q ?? null, after, limit + 1],
    );
    return toPage(rows, limit, ({ driver }) => [driver]);
  });
}

export function countDrivers(ctx: Ctx): Promise<number> {
  return inWorkspaceSql(ctx, async (client) => {
    const { rows } = await client.query<{ count: number }>(
      "select count(*)::int as count from drivers where workspace_id = $1",
      [ctx.workspaceId],
    );
    return rows[0]?.count ?? 0;
  });
}

export function findDriver(ctx: Ctx, code: string): Promise<ListedDriver | null> {
  return inWorkspaceSql(ctx, async (client) => {
    const { rows } = await client.query<ListedDriver>(`${DRIVER} and d.code = $2`, [ctx.workspaceId, code]);
    return rows[0] ?? null;
  });
}

/** A driver's days by the vehicle's clock, newest first. An episode belongs to the day it started on. */
export function listDriverDays(ctx: Ctx, code: string, limit: number): Promise<DriverDay[]> {
  return inWorkspaceSql(ctx, async (client) => {
    const { rows } = await client.query<DriverDay>(
      `with driver as (select driver_no from drivers where workspace_id = $1 and code = $2),
       days as (
         select r.recorded_at::date as day, count(*)::float8 as "recordCount",
           count(*) filter (where r.is_late)::float8 as "lateCount", max(r.speed_kmh) as "speedKmhMax",
           count(*) filter (where r.flags & ${FLAG.fatigue} <> 0)::float8 as "fatigueCount"
         from driving_records r join driver d on d.driver_no = r.driver_no
         where r.workspace_id = $1 group by 1),
       episodes as (
         select e.start_at::date as day,
           count(*) filter (where e.kind = 'overspeed')::int as "overspeedCount",
           coalesce(sum(e.duration_s) filter (where e.kind = 'overspeed'), 0) as "overspeedS",
           count(*) filter (where e.kind = 'neutral-slide')::int as "neutralSlideCount",
           coalesce(sum(e.duration_s) filter (where e.kind = 'neutral-slide'), 0) as "neutralSlideS"
         from driving_episodes e join driver d on d.driver_no = e.driver_no
         where e.workspace_id = $1 group by 1)
       select days.day::text, days."recordCount", days."lateCount", days."speedKmhMax", days."fatigueCount",
         coalesce(e."overspeedCount", 0) as "overspeedCount", coalesce(e."overspeedS", 0) as "overspeedS",
         coalesce(e."neutralSlideCount", 0) as "neutralSlideCount", coalesce(e."neutralSlideS", 0) as "neutralSlideS"
       from days left join episodes e on e.day = days.day order by days.day desc limit $3`,
      [ctx.workspaceId, code, limit],
    );
    return rows;
  });
}

/** Between which wall clocks there are records; null without any. */
export function findRecordedSpan(ctx: Ctx): Promise<{ fromAt: string; toAt: string } | null> {
  return inWorkspaceSql(ctx, async (client) => {
    const { rows } = await client.query<{ fromAt: string | null; toAt: string | null }>(
      `select min(x.first_at)::text as "fromAt", max(d.newest_at)::text as "toAt" from drivers d
       cross join lateral (select min(r.recorded_at) as first_at from driving_records r
         where r.driver_no = d.driver_no and r.workspace_id = d.workspace_id) x where d.workspace_id = $1`,
      [ctx.workspaceId],
    );
    const [row] = rows;
    return row?.fromAt && row.toAt ? { fromAt: row.fromAt, toAt: row.toAt } : null;
  });
}

/** An episode with what people said about its alert. */
export function findEpisode(ctx: Ctx, episodeId: string): Promise<DrivenEpisode | null> {
  return inWorkspaceSql(ctx, async (client) => {
    const { rows } = await client.query<DrivenEpisode>(
      `select e.id, d.code as driver, e.plate, e.kind, e.state, e.start_at::text as "startAt", e.end_at::text as "endAt",
         e.duration_s as "durationS", e.reported_s as "reportedS", e.peak_speed_kmh as "peakSpeedKmh",
         e.record_count as "recordCount", e.latitude, e.longitude, a.verdict, a.verdict_comment as "verdictComment",
         a.verdict_by_label as "verdictByLabel", f.gap_s as "gapS"
       from driving_episodes e join drivers d on d.driver_no = e.driver_no
         join driving_feeds f on f.workspace_id = e.workspace_id left join driving_alerts a on a.id = e.id
       where e.workspace_id = $1 and e.id = $2`,
      [ctx.workspaceId, episodeId],
    );
    return rows[0] ?? null;
  });
}
