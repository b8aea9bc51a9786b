import { inPeriod } from "./tracks.ts";
import type { SummarySettings } from "./tracks.ts";

interface EpisodeColumns {
  /** The last start and the last end before a row. */
  startRow: string;
  endRow: string;
  start: string;
  end: string;
  reported: string;
}

const COLUMNS = {
  overspeed: {
    startRow: "overspeed_row",
    endRow: "overspeed_end_row",
    start: "is_overspeed",
    end: "is_overspeed_end",
    reported: "overspeed_s",
  },
  neutral_slide: {
    startRow: "slide_row",
    endRow: "slide_end_row",
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
  const { startRow, endRow, start, end, reported } = COLUMNS[kind];
  const row = "driver_id, plate_number, session_row, file_no, clock_s, latitude, longitude, speed_kmh";
  const isOpen = `${startRow} >= session_row and (${endRow} is null or ${endRow} <= ${startRow})`;
  return `with marked as (
  select ${row}, row_no as start_row, true as is_start, false as is_end, ${reported} as reported_s
  from tracks where ${start}
  union all
  -- A row that both ends and starts belongs to both episodes.
  select ${row}, ${startRow}, false, ${end}, ${reported}
  from tracks where (${end} or not ${start}) and ${isOpen}
), islands as (
select driver_id, min(plate_number) as plate_number, start_row,
  min(case when is_start then session_row end) as session_row,
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
group by driver_id, start_row
having ${inPeriod(settings, "min(case when is_start then clock_s end)")}
)
select islands.*, files.source_file from islands join files on files.file_no = islands.file_no`;
}
