import { flagCount, inPeriod, whole } from "./tracks.ts";
import type { Dialect } from "./dialect.ts";
import type { SummarySettings } from "./tracks.ts";

/**
 * Standstills inside sessions: rows between which the vehicle moved slower than 3 km/h, for long enough. They share
 * the last row that was reached by moving.
 */
export function standstillsQuery(stopMinS: number): string {
  return `select driver_id, session_row, move_row, min(clock_s) as start_s, max(clock_s) as end_s,
  avg(latitude) as latitude, avg(longitude) as longitude
from tracks group by driver_id, session_row, move_row
having max(clock_s) - min(clock_s) >= ${whole(stopMinS)}`;
}

/** Pieces of sessions between standstills, by the rows and times they lie between. */
export function tripBoundsQuery(): string {
  return `with cuts as (
  select driver_id, session_row, move_row, start_s, end_s from standstills
  union all
  select driver_id, session_row, min(move_row) - 1, null, null from tracks group by driver_id, session_row
)
select driver_id, session_row, move_row as from_move_row, end_s as departs_s,
  lead(move_row) over (partition by driver_id, session_row order by move_row) as to_move_row,
  lead(start_s) over (partition by driver_id, session_row order by move_row) as arrives_s,
  row_number() over (partition by driver_id order by session_row, move_row) as piece_no
from cuts`;
}

/** Rows of the pieces: a standstill's first row is where one ends, its last where the next begins. */
export function tripPointsQuery(): string {
  return `select bounds.piece_no, tracks.*
from tracks join trip_bounds bounds on bounds.driver_id = tracks.driver_id and bounds.session_row = tracks.session_row
where tracks.move_row > bounds.from_move_row and (bounds.to_move_row is null or tracks.move_row < bounds.to_move_row)
  or tracks.move_row = bounds.to_move_row and tracks.clock_s <= bounds.arrives_s
  or tracks.move_row = bounds.from_move_row and tracks.clock_s >= bounds.departs_s`;
}

/** A piece that goes nowhere is no trip. */
export function tripsQuery(settings: SummarySettings): string {
  return `select driver_id, cast(row_number() over (partition by driver_id order by piece_no) as bigint) as trip_no,
  cast(piece_no as bigint) as piece_no, min(plate_number) as plate_number, count(*) as record_count,
  min(clock_s) as start_s, max(clock_s) as end_s, max(clock_s) - min(clock_s) as duration_s,
  sum(step_km) as distance_km, max(speed_kmh) as speed_kmh_max,
  ${flagCount("is_overspeed")} as overspeed_count, ${flagCount("is_fatigue")} as fatigue_count,
  min_by(latitude, row_no) as start_latitude, min_by(longitude, row_no) as start_longitude,
  max_by(latitude, row_no) as end_latitude, max_by(longitude, row_no) as end_longitude
from trip_points
group by driver_id, piece_no
having sum(step_km) > 1e-1 and ${inPeriod(settings, "min(clock_s)")}`;
}

/** Where vehicles stood: standstills inside sessions, and between two sessions of a driver. */
export function stopsQuery(settings: SummarySettings): string {
  return `with ends as (
  select driver_id, session_row, max(clock_s) as last_s, min(clock_s) as first_s,
    max_by(latitude, row_no) as latitude, max_by(longitude, row_no) as longitude
  from tracks group by driver_id, session_row
), between_sessions as (
  select driver_id, last_s as start_s, lead(first_s) over (partition by driver_id order by session_row) as end_s,
    latitude, longitude
  from ends
)
select driver_id, start_s, end_s, end_s - start_s as duration_s, latitude, longitude, 'no records' as reason
from between_sessions where end_s is not null and ${inPeriod(settings, "start_s")}
union all
select driver_id, start_s, end_s, end_s - start_s, latitude, longitude, 'standing'
from standstills where ${inPeriod(settings, "start_s")}`;
}

/** More points are nothing a map program opens: then there are none. */
export const TRACK_POINTS_MAX = 3_000_000;

/** Points of all trips. Their instants stand in the records only; everything else goes by the written clock. */
export function trackPointsQuery({ epochMs }: Dialect): string {
  return `select trips.driver_id, trips.plate_number, trips.trip_no, trips.distance_km, trips.duration_s,
  trips.overspeed_count, points.row_no, points.latitude, points.longitude, ${epochMs("records.recorded_at")} as recorded_at_ms
from trips
join trip_points points on points.driver_id = trips.driver_id and points.piece_no = trips.piece_no
join files on files.file_no = points.file_no
join records on records.source_file = files.source_file and records.source_row = points.source_row
where (select sum(record_count) from trips) <= ${TRACK_POINTS_MAX}`;
}
