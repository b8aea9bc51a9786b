import { FLAG_COLUMNS } from "../../cleaning/record-columns.ts";
import { flagCount, inPeriod, whole } from "./tracks.ts";
import type { SummarySettings } from "./tracks.ts";

const ANY_FLAG = FLAG_COLUMNS.join(" or ");

/** The device writes this behind the place when the journey is over. */
const ARRIVED = "已到达目的地";

/** Sums that add up from parts to hours, days, sessions, files and drivers. */
const SUMS = [
  ["record_count", "count(*)"],
  ["rapid_speedup_count", flagCount("is_rapid_speedup")],
  ["rapid_slowdown_count", flagCount("is_rapid_slowdown")],
  ["neutral_slide_count", flagCount("is_neutral_slide")],
  ["neutral_slide_end_count", flagCount("is_neutral_slide_end")],
  ["neutral_slide_s", "sum(coalesce(neutral_slide_s, 0e0))"],
  ["overspeed_count", flagCount("is_overspeed")],
  ["overspeed_end_count", flagCount("is_overspeed_end")],
  ["overspeed_s", "sum(coalesce(overspeed_s, 0e0))"],
  ["fatigue_count", flagCount("is_fatigue")],
  ["throttle_stop_count", flagCount("is_throttle_stop")],
  ["oil_leak_count", flagCount("is_oil_leak")],
  ["site_count", flagCount("site is not null")],
  ["arrival_count", flagCount(`site like '%${ARRIVED}%'`)],
  ["speed_sum", "sum(speed_kmh)"],
  ["sample_count", flagCount(`not (${ANY_FLAG})`)],
  ["sample_speed_sum", `sum(case when ${ANY_FLAG} then 0e0 else speed_kmh end)`],
] as const;

/**
 * The records in the smallest pieces that any table is made of: file, driver, session and hour. One pass over the
 * rows; every table after it adds up a few thousand pieces.
 */
export function partsQuery(settings: SummarySettings): string {
  const gapS = whole(settings.sessionGapS);
  return `with pieces as (
  select file_no, driver_id, session_row, cast(floor(clock_s / 3600e0) as bigint) as hour_no,
    min(plate_number) as plate_number,
    ${SUMS.map(([name, sum]) => `${sum} as ${name}`).join(",\n    ")},
    max(speed_kmh) as speed_kmh_max,
    cast(sum(case when gap_s <= ${gapS} then gap_s else 0 end) as bigint) as driving_s,
    sum(step_km) as distance_km,
    min(clock_s) as first_s, max(clock_s) as last_s,
    max(case when gap_s > ${gapS} then gap_s end) as gap_before_s
  from tracks where ${inPeriod(settings, "clock_s")}
  group by file_no, driver_id, session_row, cast(floor(clock_s / 3600e0) as bigint)
), unclosed as (
  select file_no, driver_id, session_row, cast(floor(start_s / 3600e0) as bigint) as hour_no,
    count(*) as unclosed_count
  from overspeed_episodes where end_s is null
  group by file_no, driver_id, session_row, cast(floor(start_s / 3600e0) as bigint)
)
select pieces.*, files.source_file,
  cast(dense_rank() over (partition by pieces.driver_id order by pieces.session_row) as bigint) as session_no,
  coalesce(unclosed.unclosed_count, 0) as overspeed_unclosed_count
from pieces join files on files.file_no = pieces.file_no
  left join unclosed on unclosed.file_no = pieces.file_no and unclosed.driver_id = pieces.driver_id
  and unclosed.session_row = pieces.session_row and unclosed.hour_no = pieces.hour_no`;
}

/** The key of a day on the written clock. */
export const DAY_NO = "cast(floor(hour_no / 24e0) as bigint)";

/** Adds the parts up by keys, each an expression and the name of its column. */
export function rollUp(keys: readonly (readonly [expression: string, name: string])[]): string {
  const groups = keys.map(([expression]) => expression);
  const counts = [...SUMS.map(([name]) => name), "overspeed_unclosed_count", "driving_s", "distance_km"];
  const sums = counts.map((name) => {
    const isFraction = name.endsWith("_sum") || name.endsWith("_km") || SECONDS.has(name);
    return isFraction ? `sum(${name}) as ${name}` : `cast(sum(${name}) as bigint) as ${name}`;
  });
  return `select ${[...keys.map(([expression, name]) => `${expression} as ${name}`), "min(plate_number) as plate_number", ...sums].join(",\n  ")},
  max(speed_kmh_max) as speed_kmh_max, min(first_s) as first_s, max(last_s) as last_s, max(gap_before_s) as gap_before_s,
  sum(speed_sum) / sum(record_count) as speed_kmh_mean,
  case when sum(sample_count) > 0 then sum(sample_speed_sum) / sum(sample_count) end as sample_speed_kmh_mean,
  case when sum(driving_s) > 0 then sum(distance_km) * 3600e0 / sum(driving_s) end as moving_speed_kmh_mean
from parts${groups.length === 0 ? "" : `\ngroup by ${groups.join(", ")}`}`;
}

/** Durations that devices report, maybe with fractions. */
const SECONDS = new Set<string>(["neutral_slide_s", "overspeed_s"]);
