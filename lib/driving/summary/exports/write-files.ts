import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { DuckDbEngine } from "../duckdb-engine.ts";
import { summaryQueries, type SummaryTable } from "../sql/summary-sql.ts";
import type { SummarySettings } from "../sql/tracks.ts";
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
/** A track of more points is nothing a map program opens. */
export const TRACK_POINTS_MAX = 3_000_000;

interface Request {
  engine: DuckDbEngine;
  settings: SummarySettings;
  stopMinS: number;
  folder: string;
}

/** Every table as CSV and as Parquet; clock seconds also as text, so that a spreadsheet shows times. */
export async function writeTableFiles({ engine, settings, stopMinS, folder }: Request): Promise<WrittenFile[]> {
  const { tables } = summaryQueries("duckdb", settings, stopMinS);
  const files: WrittenFile[] = [];
  for (const [table, file] of Object.entries(TABLE_FILES)) {
    const { name } = file;
    const query = exportQuery(tables[table as SummaryTable], file);
    for (const format of ["csv", "parquet"] as const) {
      const fileName = `${name}.${format}`;
      const path = join(folder, fileName);
      await engine.copy(query, path, format);
      const mediaType = format === "csv" ? "text/csv" : "application/vnd.apache.parquet";
      files.push({ path, fileName, mediaType });
    }
  }
  return files;
}

function exportQuery(query: string, { clocks, leftOut }: TableFile): string {
  const texts = clocks.map(
    (name) => `strftime(make_timestamp(${name} * 1000000), '%Y-%m-%d %H:%M:%S') as ${name.replace(/_s$/, "_clock")}`,
  );
  const columns = leftOut.length === 0 ? "*" : `* exclude (${leftOut.join(", ")})`;
  return `select ${columns}, ${texts.join(", ")} from (${query}) summary`;
}

/** Tracks of all trips as GeoJSON and GPX; null when they have too many points. */
export async function writeTrackFiles({ engine, folder }: Pick<Request, "engine" | "folder">) {
  const [{ points = 0 } = {}] = await engine.rows("select sum(record_count) as points from trips");
  if (Number(points) > TRACK_POINTS_MAX) return null;
  const files: WrittenFile[] = [];
  for (const format of [geoJson(), GPX]) {
    const fileName = `trips.${format.extension}`;
    const path = join(folder, fileName);
    await pipeline(Readable.from(trackTexts(format, engine.stream(TRACK_QUERY))), createWriteStream(path));
    files.push({ path, fileName, mediaType: format.mediaType });
  }
  return files;
}

/** The instants of the points stand in the records only; everything else of a track goes by the written clock. */
const TRACK_QUERY = `select trips.driver_id, trips.plate_number, trips.trip_no, trips.distance_km, trips.duration_s,
  trips.overspeed_count, points.latitude, points.longitude, epoch_ms(records.recorded_at) as recorded_at_ms
from trips
join trip_points points on points.driver_id = trips.driver_id and points.piece_no = trips.piece_no
join files on files.file_no = points.file_no
join records on records.source_file = files.source_file and records.source_row = points.source_row
order by trips.driver_id, trips.trip_no, points.row_no`;
