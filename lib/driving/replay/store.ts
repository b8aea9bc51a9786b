import { inWorkspaceSql } from "#lib/db/sql";
import { wallClock, wallMs } from "../ingest/sql-arrays.ts";
import type { StreamRow } from "../live/live-store.ts";

interface Scope {
  workspaceId: string;
}
/** A stretch of recorded time without its beginning. */
export interface Stretch {
  afterMs: number;
  toMs: number;
}

export interface PlayedRecord {
  atMs: number;
  row: StreamRow;
}

/** Records of all drivers by their own time. Each driver's are found by the primary key; there is no index by time. */
export function readRecordsBetween(scope: Scope, { afterMs, toMs }: Stretch): Promise<PlayedRecord[]> {
  return inWorkspaceSql(scope, async (client) => {
    const { rows } = await client.query<PlayedRecord>({
      name: "driving-replay-records",
      text: `select ${wallMs("r.recorded_at")} as "atMs", json_build_array(r.seq, d.code, r.plate, r.recorded_at::text,
          r.speed_kmh, r.latitude, r.longitude, r.direction_deg, r.flags, r.is_late::int, r.site_name, r.neutral_slide_s,
          r.overspeed_s) as row
        from drivers d cross join lateral (
          select * from driving_records s where s.driver_no = d.driver_no
            and s.recorded_at > ${wallClock("$2::float8")} and s.recorded_at <= ${wallClock("$3::float8")}) r
        where d.workspace_id = $1 order by r.recorded_at, r.seq`,
      values: [scope.workspaceId, afterMs, toMs],
    });
    return rows;
  });
}

export interface PlayedEvent {
  atMs: number;
  kind: "overspeed-start" | "overspeed-end" | "overspeed-unclosed";
  payload: Record<string, unknown>;
}

/** Starts and ends of overspeed by their own time. */
export function readEventsBetween(scope: Scope, { afterMs, toMs }: Stretch): Promise<PlayedEvent[]> {
  const [after, to] = [wallClock("$2::float8"), wallClock("$3::float8")];
  return inWorkspaceSql(scope, async (client) => {
    const { rows } = await client.query<PlayedEvent>(
      `select ${wallMs("x.at")} as "atMs", x.kind, json_build_object('episodeId', e.id, 'driver', d.code, 'plate', e.plate,
         'at', e.start_at::text, 'endedAt', e.end_at::text, 'durationS', e.duration_s, 'peakSpeedKmh', e.peak_speed_kmh,
         'latitude', e.latitude, 'longitude', e.longitude) as payload
       from driving_episodes e join drivers d using (driver_no)
       cross join lateral (values (e.start_at, 'overspeed-start', 0),
         (coalesce(e.end_at, e.last_at + interval '60 s'), 'overspeed-' || case e.state when 'closed' then 'end' else 'unclosed' end, 1))
         as x(at, kind, rank)
       where e.workspace_id = $1 and e.kind = 'overspeed' and e.start_at <= ${to}
         and coalesce(e.end_at, e.last_at + interval '60 s') > ${after} and x.at > ${after} and x.at <= ${to}
       order by x.at, e.start_seq, x.rank`,
      [scope.workspaceId, afterMs, toMs],
    );
    return rows;
  });
}
