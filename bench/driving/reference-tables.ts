import type { Row } from "#lib/driving/summary/engine";
import type { SummaryTable } from "#lib/driving/summary/sql/summary-sql";

export interface ReferenceColumn {
  name: string;
  ours: (row: Row) => Row[string];
  isKey?: boolean;
  /** Absent for texts and times, which must be the same. */
  tolerance?: number;
  /** The part of the reference's cell that is compared. */
  part?: (cell: string) => string;
  /** The reference leaves a sum of nothing empty. */
  isEmptyZero?: boolean;
}

export interface ReferenceTable {
  file: string;
  table: SummaryTable;
  columns: readonly ReferenceColumn[];
  hasHeader?: false;
  /** The reference may leave rows out; those of ours that it has not are only counted. */
  isPartial?: true;
}

const DISTANCE_TOLERANCE_KM = 0.005;
const MEAN_TOLERANCE = 0.0001;
/** The reference writes this mean with three decimals. */
const MOVING_TOLERANCE = 0.0005 + MEAN_TOLERANCE;

const text = (name: string, field: string): ReferenceColumn => ({ name, ours: (row) => row[field] ?? null });
const number = (name: string, field: string, tolerance = 0): ReferenceColumn => ({ ...text(name, field), tolerance });
const key = (column: ReferenceColumn): ReferenceColumn => ({ ...column, isKey: true });
const time = (name: string, field: string): ReferenceColumn => ({
  name,
  ours: (row) => (row[field] === null ? null : clockText(Number(row[field]))),
});

/** `2017-01-31 08:00:05` of seconds on the written clock. */
function clockText(clockS: number): string {
  return new Date(clockS * 1000).toISOString().slice(0, 19).replace("T", " ");
}

const DRIVER = key(text("driverID", "driver_id"));
const PLATE = text("carPlateNumber", "plate_number");
const FILE = key(text("file", "source_file"));
const DAY = key({
  name: "day",
  ours: (row) => clockText(Number(row["day_no"] ?? Math.floor(Number(row["hour_no"]) / 24)) * 86_400).slice(0, 10),
});
const HOUR = key({ name: "hour", ours: (row) => Number(row["hour_no"]) % 24, tolerance: 0 });

const EVENTS = [
  number("rapid_speedup", "rapid_speedup_count"),
  number("rapid_slowdown", "rapid_slowdown_count"),
  number("neutral_slide", "neutral_slide_count"),
  number("neutral_slide_finished", "neutral_slide_end_count"),
  number("neutral_slide_time_s", "neutral_slide_s"),
  number("overspeed", "overspeed_count"),
  number("overspeed_finished", "overspeed_end_count"),
  number("overspeed_time_s", "overspeed_s"),
  number("fatigue", "fatigue_count"),
  number("hthrottle_stop", "throttle_stop_count"),
  number("oil_leak", "oil_leak_count"),
];
const FIGURES = [
  number("rows", "record_count"),
  ...EVENTS,
  number("unclosed_overspeed", "overspeed_unclosed_count"),
  number("site_rows", "site_count"),
  number("mean_speed_all", "speed_kmh_mean", MEAN_TOLERANCE),
  number("mean_speed_samples", "sample_speed_kmh_mean", MEAN_TOLERANCE),
  number("max_speed", "speed_kmh_max"),
  number("driving_time_s", "driving_s"),
  number("distance_km", "distance_km", DISTANCE_TOLERANCE_KM),
  number("avg_moving_kmh", "moving_speed_kmh_mean", MOVING_TOLERANCE),
  time("first_time", "first_s"),
  time("last_time", "last_s"),
];
const EPISODE = [
  key(time("start_time", "start_s")),
  time("end_time", "end_s"),
  number("duration_s", "duration_s"),
  number("reported_s", "reported_s"),
];

export const REFERENCE_TABLES: readonly ReferenceTable[] = [
  { file: "per_driver", table: "drivers", columns: [DRIVER, PLATE, ...FIGURES] },
  { file: "per_driver_day", table: "driverDays", columns: [DRIVER, PLATE, DAY, ...FIGURES] },
  { file: "per_driver_hour", table: "driverHours", columns: [DRIVER, PLATE, DAY, HOUR, ...FIGURES] },
  { file: "per_file", table: "files", columns: [FILE, ...FIGURES] },
  { file: "per_file_driver", table: "fileDrivers", columns: [FILE, DRIVER, ...FIGURES] },
  {
    file: "sessions",
    table: "sessions",
    columns: [
      DRIVER,
      PLATE,
      key(time("start_time", "first_s")),
      time("end_time", "last_s"),
      number("rows", "record_count"),
      number("driving_time_s", "driving_s"),
      number("distance_km", "distance_km", DISTANCE_TOLERANCE_KM),
      number("overspeed", "overspeed_count"),
      number("max_speed", "speed_kmh_max"),
      number("gap_before_s", "gap_before_s"),
    ],
  },
  {
    file: "overspeed_episodes",
    table: "overspeedEpisodes",
    columns: [
      DRIVER,
      PLATE,
      ...EPISODE,
      number("peak_speed", "peak_speed_kmh"),
      number("rows", "record_count"),
      number("start_lat", "start_latitude", 1e-9),
      number("start_lon", "start_longitude", 1e-9),
      { name: "status", ours: (row) => (row["end_s"] === null ? "unclosed_session_end" : "closed") },
      text("source_file", "source_file"),
    ],
  },
  { file: "neutral_slide_episodes", table: "neutralSlideEpisodes", columns: [DRIVER, PLATE, ...EPISODE] },
  {
    file: "arrival_lateness",
    table: "lateness",
    columns: [
      FILE,
      number("rows", "record_count"),
      number("late_vs_global_max", "late_count"),
      number("late_vs_own_driver_max", "late_for_driver_count"),
      number("worst_lateness_s", "lateness_s_max"),
    ],
  },
  {
    // Output of another program: hours without events are not in it, and at least one with events is missing.
    file: "spark_hourly_public",
    table: "driverHours",
    hasHeader: false,
    isPartial: true,
    columns: [
      DRIVER,
      PLATE,
      key({ name: "first_time", ours: DAY.ours, part: (cell) => cell.slice(0, 10) }),
      HOUR,
      ...EVENTS.map((column) => ({ ...column, isEmptyZero: true })),
    ],
  },
];
