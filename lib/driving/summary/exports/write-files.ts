import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ComputedSummary } from "../engine.ts";
import { inOrder, type SummaryTable } from "../sql/summary-sql.ts";
import { TRACK_POINTS_MAX } from "../sql/trips.ts";
import { geoJson, GPX, trackTexts } from "./track-text.ts";

export interface WrittenFile {
  path: string;
  fileName: string;
  mediaType: string;
}

interface TableFile {
  name: string;
  /** Columns that hold times of the written clock. */
  clocks: readonly string[];
  /** Columns that only serve the computation. */
  leftOut: readonly string[];
}

const SPAN = ["start_s", "end_s"];
const SEEN = ["first_s", "last_s"];
const SUMS = ["speed_sum", "sample_count", "sample_speed_sum"];
const TABLE_FILES: Partial<Record<SummaryTable, TableFile>> = {
  drivers: { name: "drivers", clocks: SEEN, leftOut: [...SUMS, "gap_before_s"] },
  driverDays: { name: "driver-days", clocks: SEEN, leftOut: [...SUMS, "gap_before_s"] },
  driverHours: { name: "driver-hours", clocks: SEEN, leftOut: [...SUMS, "gap_before_s"] },
  sessions: { name: "sessions", clocks: SEEN, leftOut: SUMS },
  trips: { name: "trips", clocks: SPAN, leftOut: ["piece_no"] },
  stops: { name: "stops", clocks: SPAN, leftOut: [] },
  overspeedEpisodes: { name: "overspeed-episodes", clocks: SPAN, leftOut: ["file_no", "session_row", "start_row"] },
  neutralSlideEpisodes: {
    name: "neutral-slide-episodes",
    clocks: SPAN,
    leftOut: ["file_no", "session_row", "start_row"],
  },
};
/** Every table as CSV and as Parquet; clock seconds also as text, so that a spreadsheet shows times. */
export async function writeTableFiles(computed: ComputedSummary, folder: string): Promise<WrittenFile[]> {
  const files: WrittenFile[] = [];
  for (const [table, file] of Object.entries(TABLE_FILES)) {
    const { name } = file;
    const query = inOrder(table as SummaryTable, computed.tables[table as SummaryTable], columnsOf(file));
    for (const format of ["csv", "parquet"] as const) {
      const fileName = `${name}.${format}`;
      const path = join(folder, fileName);
      await computed.copy(query, path, format);
      const mediaType = format === "csv" ? "text/csv" : "application/vnd.apache.parquet";
      files.push({ path, fileName, mediaType });
    }
  }
  return files;
}

function columnsOf({ clocks, leftOut }: TableFile): string {
  const texts = clocks.map(
    (name) => `strftime(make_timestamp(${name} * 1000000), '%Y-%m-%d %H:%M:%S') as ${name.replace(/_s$/, "_clock")}`,
  );
  return [leftOut.length === 0 ? "*" : `* exclude (${leftOut.join(", ")})`, ...texts].join(", ");
}

/** Tracks of all trips as GeoJSON and GPX; null when they have too many points. */
export async function writeTrackFiles(computed: ComputedSummary, folder: string): Promise<WrittenFile[] | null> {
  const { tables } = computed;
  const [{ points = 0 } = {}] = await computed.rows(`select sum(record_count) as points from (${tables.trips}) t`);
  if (Number(points) > TRACK_POINTS_MAX) return null;
  const query = inOrder("trackPoints", tables.trackPoints);
  const files: WrittenFile[] = [];
  for (const format of [geoJson(), GPX]) {
    const fileName = `trips.${format.extension}`;
    const path = join(folder, fileName);
    await pipeline(Readable.from(trackTexts(format, computed.stream(query))), createWriteStream(path));
    files.push({ path, fileName, mediaType: format.mediaType });
  }
  return files;
}
