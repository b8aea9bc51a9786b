import { inWorkspaceSql } from "#lib/db/sql";
import { wallMs } from "../ingest/sql-arrays.ts";
import type { DriverStatus } from "../history/schema.ts";
import type { LiveEvent } from "../ingest/feed-store.ts";

interface Scope {
  workspaceId: string;
}

export interface FeedPosition {
  lastSeq: number;
  lastEventNo: number;
  frameNo: number;
  frameAfterSeq: number;
  /** Events before this one are no longer kept. */
  firstEventNo: number;
  gapS: number;
  nowMs: number;
}

/** Where the stream is now; a workspace without one is at its beginning. */
export function readPosition(scope: Scope): Promise<FeedPosition> {
  return inWorkspaceSql(scope, async (client) => {
    const { rows } = await client.query<FeedPosition>({
      name: "driving-position",
      text: `select coalesce(f.last_seq, 0)::float8 as "lastSeq", coalesce(f.last_event_no, 0)::float8 as "lastEventNo",
          coalesce(f.frame_no, 0)::float8 as "frameNo", coalesce(f.frame_after_seq, 0)::float8 as "frameAfterSeq",
          coalesce(f.gap_s, 60) as "gapS", ${wallMs("clock_timestamp()")} as "nowMs",
          coalesce((select e.event_no from driving_events e where e.workspace_id = w.id order by e.event_no limit 1),
            f.last_event_no + 1, 1)::float8 as "firstEventNo"
        from workspaces w left join driving_feeds f on f.workspace_id = w.id where w.id = $1`,
      values: [scope.workspaceId],
    });
    const [row] = rows;
    if (!row) throw new Error("the workspace has gone");
    return row;
  });
}

export function listEvents(scope: Scope, { after, limit }: { after: number; limit: number }): Promise<LiveEvent[]> {
  return inWorkspaceSql(scope, async (client) => {
    const { rows } = await client.query<LiveEvent>({
      name: "driving-events",
      text: `select event_no::float8 as "eventNo", kind, payload from driving_events
        where workspace_id = $1 and event_no > $2 order by event_no limit $3`,
      values: [scope.workspaceId, after, limit],
    });
    return rows;
  });
}

/** The newest closed frames, oldest first. */
export function listRecentFrames(scope: Scope, sinceMs: number): Promise<LiveEvent[]> {
  return inWorkspaceSql(scope, async (client) => {
    const { rows } = await client.query<LiveEvent>(
      `select event_no::float8 as "eventNo", kind, payload from driving_events
       where workspace_id = $1 and kind = 'frame' and created_at > to_timestamp($2::float8 / 1000) order by event_no`,
      [scope.workspaceId, sinceMs],
    );
    return rows;
  });
}

/** Columns of a record in a stream, in order. */
export const STREAM_COLUMNS = [
  ...["seq", "driver", "plate", "at", "speedKmh", "latitude", "longitude", "directionDeg", "flags", "isLate"],
  ...["siteName", "neutralSlideS", "overspeedS"],
] as const;

export type StreamRow = [
  ...[seq: number, driver: string, plate: string, at: string, speedKmh: number, latitude: number, longitude: number],
  ...[directionDeg: number | null, flags: number, isLate: 0 | 1, siteName: string | null],
  ...[neutralSlideS: number | null, overspeedS: number | null],
];

/** Records by arrival, both ends included. */
export function readArrivals(
  scope: Scope,
  { fromSeq, toSeq, limit }: { fromSeq: number; toSeq: number; limit: number },
): Promise<StreamRow[]> {
  if (toSeq < fromSeq) return Promise.resolve([]);
  return inWorkspaceSql(scope, async (client) => {
    const { rows } = await client.query<StreamRow>({
      name: "driving-arrivals",
      text: `select r.seq::float8, d.code, r.plate, r.recorded_at::text, r.speed_kmh, r.latitude, r.longitude,
          r.direction_deg, r.flags, r.is_late::int, r.site_name, r.neutral_slide_s, r.overspeed_s
        from driving_records r join drivers d on d.driver_no = r.driver_no
        where r.workspace_id = $1 and r.seq between $2 and $3 order by r.seq limit $4`,
      values: [scope.workspaceId, fromSeq, toSeq, limit],
      rowMode: "array",
    } as never);
    return rows;
  });
}

export const isLateRow = (row: StreamRow): boolean => row[9] === 1;

/** Late ones among the records of these arrival numbers. */
export function countLate(scope: Scope, { fromSeq, toSeq }: { fromSeq: number; toSeq: number }): Promise<number> {
  return inWorkspaceSql(scope, async (client) => {
    const { rows } = await client.query<{ late: number }>(
      `select count(*)::int as late from driving_records where workspace_id = $1 and seq between $2 and $3 and is_late`,
      [scope.workspaceId, fromSeq, toSeq],
    );
    return rows[0]?.late ?? 0;
  });
}

/** Newest record of every driver who sent one after `afterSeq`; of all with 0. */
export function listDriverStatus(scope: Scope, afterSeq: number): Promise<DriverStatus[]> {
  return inWorkspaceSql(scope, async (client) => {
    const { rows } = await client.query<DriverStatus>(
      `select code as driver, plate, newest_at::text as at, newest_seq::float8 as seq, latitude, longitude,
         speed_kmh as "speedKmh", direction_deg as "directionDeg", site_name as "siteName",
         ${wallMs("last_received_at")} as "receivedAtMs", record_count::float8 as "recordCount",
         late_count::float8 as "lateCount"
       from drivers where workspace_id = $1 and newest_seq > $2 order by code`,
      [scope.workspaceId, afterSeq],
    );
    return rows;
  });
}

export interface OpenEpisodeStatus {
  episodeId: string;
  driver: string;
  plate: string;
  kind: string;
  at: string;
  peakSpeedKmh: number;
  latitude: number;
  longitude: number;
  /** acknowledged, excused, or null */
  verdict: string | null;
}

export function listOpenEpisodes(scope: Scope): Promise<OpenEpisodeStatus[]> {
  return inWorkspaceSql(scope, async (client) => {
    const { rows } = await client.query<OpenEpisodeStatus>(
      `select e.id as "episodeId", d.code as driver, e.plate, e.kind, e.start_at::text as at,
         e.peak_speed_kmh as "peakSpeedKmh", e.latitude, e.longitude, a.verdict
       from driving_episodes e join drivers d on d.driver_no = e.driver_no left join driving_alerts a on a.id = e.id
       where e.workspace_id = $1 and e.state = 'open' order by e.start_at, e.start_seq`,
      [scope.workspaceId],
    );
    return rows;
  });
}

/** Whether somebody has fallen silent in the middle of an episode; without taking the writer's lock. */
export function hasSilentDriver(scope: Scope): Promise<boolean> {
  return inWorkspaceSql(scope, async (client) => {
    const { rows } = await client.query(
      `select from drivers d join driving_feeds f on f.workspace_id = d.workspace_id
       where d.workspace_id = $1 and d.is_open and d.last_received_at < now() - make_interval(secs => f.gap_s) limit 1`,
      [scope.workspaceId],
    );
    return rows.length > 0;
  });
}
