import { inPeriod } from "./tracks.ts";
import type { SummarySettings } from "./tracks.ts";

interface EpisodeColumns {
  no: string;
  ends: string;
  start: string;
  end: string;
  reported: string;
}

const COLUMNS = {
  overspeed: {
    no: "overspeed_no",
    ends: "overspeed_ends",
    start: "is_overspeed",
    end: "is_overspeed_end",
    reported: "overspeed_s",
  },
  neutral_slide: {
    no: "slide_no",
    ends: "slide_ends",
    start: "is_neutral_slide",
    end: "is_neutral_slide_end",
    reported: "neutral_slide_s",
  },
} as const satisfies Record<string, EpisodeColumns>;
export type EpisodeKind = keyof typeof COLUMNS;

/**
 * Episodes of a kind, booked to the row that starts them. One that nothing ends within its session has no end and no
 * duration: `end_s` is null.
 */
export function episodesQuery(kind: EpisodeKind, settings: SummarySettings): string {
  const { no, ends, start, end, reported } = COLUMNS[kind];
  const row = "driver_id, plate_number, session_no, file_no, clock_s, latitude, longitude, speed_kmh";
  return `with marked as (
  select ${row}, ${no} as episode_no, ${ends} as ends_before,
    ${start} as is_start, ${end} and not ${start} as is_end, ${reported} as reported_s
  from tracks where ${no} > 0
  union all
  -- A row that ends one and starts the next belongs to both.
  select ${row}, ${no} - 1, ${ends} - 1, false, true, ${reported}
  from tracks where ${start} and ${end} and ${no} > 1
), islands as (
select driver_id, min(plate_number) as plate_number, session_no, cast(episode_no as bigint) as episode_no,
  min(case when is_start then file_no end) as file_no,
  min(case when is_start then clock_s end) as start_s,
  max(case when is_end then clock_s end) as end_s,
  max(case when is_end then clock_s end) - min(case when is_start then clock_s end) as duration_s,
  max(case when is_end then reported_s end) as reported_s,
  max(speed_kmh) as peak_speed_kmh,
  count(*) as record_count,
  min(case when is_start then latitude end) as start_latitude,
  min(case when is_start then longitude end) as start_longitude
from marked
group by driver_id, session_no, episode_no, ends_before
having max(case when is_start then 1 else 0 end) = 1
  and ${inPeriod(settings, "min(case when is_start then clock_s end)")}
)
select islands.*, files.source_file from islands join files on files.file_no = islands.file_no`;
}
