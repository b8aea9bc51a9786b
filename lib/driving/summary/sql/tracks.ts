import type { Dialect } from "./dialect.ts";

/** What a summary covers and how it cuts; all times are seconds of the written clock. */
export interface SummarySettings {
  /** A longer gap between two records of a driver ends a session. */
  sessionGapS: number;
  /** Half-open; null = no limit. */
  fromClockS: number | null;
  toClockS: number | null;
}

const EARTH_RADIUS_KM = "6371.0088e0";
/** What begins before the period or ends after it is read as well, so that episodes at its edges are whole. */
const MARGIN_S = 86_400;

/** Arrival order: rows of one driver and second stand in the order of their file. */
export const ORDER = "clock_s, file_no, source_row";

/** Files by their names: sorting millions of rows by a number is a third faster than by a text. */
export function filesQuery(): string {
  return `select source_file, cast(row_number() over (order by source_file) as bigint) as file_no
from (select distinct source_file from records) names`;
}

export const flagCount = (condition: string) => `cast(sum(case when ${condition} then 1 else 0 end) as bigint)`;

/**
 * Every record with the step from the driver's record before: distance on the sphere (haversine), and whether a
 * session begins. Booked to the later record.
 */
export function stepsQuery({ fromClockS, toClockS }: SummarySettings): string {
  const bounds = [
    fromClockS === null ? "" : `clock_s >= ${whole(fromClockS - MARGIN_S)}`,
    toClockS === null ? "" : `clock_s < ${whole(toClockS + MARGIN_S)}`,
  ].filter((bound) => bound !== "");
  return `select records.*, files.file_no,
  row_number() over driver as row_no,
  clock_s - lag(clock_s) over driver as gap_s,
  lag(latitude) over driver as before_latitude,
  lag(longitude) over driver as before_longitude
from records join files on files.source_file = records.source_file${bounds.length === 0 ? "" : `\nwhere ${bounds.join(" and ")}`}
window driver as (partition by driver_id order by ${ORDER})`;
}

/**
 * Gaps and islands by the row that begins them: of every row the first row of its session, the last start and the last
 * end before it, and the last row that was reached by moving. An episode is the rows of one start until its end, and
 * a standstill those of one move. (Running counts say the same; DuckDB takes twice as long for them.)
 */
export function tracksQuery({ sessionGapS }: SummarySettings, { lastKnown }: Dialect): string {
  const last = (condition: string, window: "so_far" | "before") =>
    `${lastKnown(`case when ${condition} then row_no end`)} over ${window}`;
  const driver = `partition by driver_id order by ${ORDER} rows between unbounded preceding and`;
  return `with moved as (
  select *,
    case when gap_s <= ${whole(sessionGapS)} then 2e0 * ${EARTH_RADIUS_KM} * asin(sqrt(least(1e0,
      power(sin(radians(latitude - before_latitude) / 2e0), 2e0)
      + cos(radians(before_latitude)) * cos(radians(latitude))
        * power(sin(radians(longitude - before_longitude) / 2e0), 2e0)))) else 0e0 end as step_km
  from steps
)
select driver_id, plate_number, file_no, source_row, row_no, clock_s, latitude, longitude, speed_kmh, site, gap_s,
  step_km, is_rapid_speedup, is_rapid_slowdown, is_neutral_slide, is_neutral_slide_end, is_overspeed, is_overspeed_end,
  is_fatigue, is_throttle_stop, is_oil_leak, neutral_slide_s, overspeed_s,
  ${last(`gap_s is null or gap_s > ${whole(sessionGapS)}`, "so_far")} as session_row,
  ${last("is_overspeed", "before")} as overspeed_row,
  ${last("is_overspeed_end", "before")} as overspeed_end_row,
  ${last("is_neutral_slide", "before")} as slide_row,
  ${last("is_neutral_slide_end", "before")} as slide_end_row,
  coalesce(${last("step_km * 3600e0 > gap_s * 3e0", "so_far")}, 0) as move_row
from moved
window so_far as (${driver} current row), before as (${driver} 1 preceding)`;
}

/** Condition for rows inside the period; rows of the margins only complete what crosses its edges. */
export function inPeriod({ fromClockS, toClockS }: SummarySettings, clock: string): string {
  const from = fromClockS === null ? "true" : `${clock} >= ${whole(fromClockS)}`;
  const to = toClockS === null ? "true" : `${clock} < ${whole(toClockS)}`;
  return `${from} and ${to}`;
}

/** Only whole numbers ever enter the text of a query. */
export function whole(value: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is no whole number of seconds.`);
  return String(value);
}
