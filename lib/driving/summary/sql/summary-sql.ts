import { DIALECTS, type Dialect } from "./dialect.ts";
import { episodesQuery } from "./episodes.ts";
import { latenessQuery } from "./lateness.ts";
import { DAY_NO, partsQuery, rollUp } from "./parts.ts";
import { filesQuery, stepsQuery, type SummarySettings, tracksQuery } from "./tracks.ts";
import {
  standstillsQuery,
  stopsQuery,
  trackPointsQuery,
  tripBoundsQuery,
  tripPointsQuery,
  tripsQuery,
} from "./trips.ts";

export interface SetupStep {
  name: string;
  query: string;
  /** Computed once and kept for the queries after it; otherwise only a name for the query. */
  isKept: boolean;
}

export interface SummaryQueries {
  /** In order; the first ones read the view or table `records` (columns of the cleaned table). */
  setup: SetupStep[];
  /** One query per table of the summary, its rows in no order. */
  tables: Record<SummaryTable, string>;
}

const DRIVER = ["driver_id", "driver_id"] as const;
const SESSION = ["session_no", "session_no"] as const;
const DAY = [DAY_NO, "day_no"] as const;
const HOUR = ["hour_no", "hour_no"] as const;
const HOUR_OF_DAY = ["cast(hour_no % 24 as bigint)", "hour_of_day"] as const;
const FILE = ["source_file", "source_file"] as const;

export const SUMMARY_TABLES = [
  "drivers",
  "driverDays",
  "driverHours",
  "days",
  "hoursOfDay",
  "sessions",
  "files",
  "fileDrivers",
  "total",
  "overspeedEpisodes",
  "neutralSlideEpisodes",
] as const;
export const TRIP_TABLES = ["trips", "stops"] as const;
export type SummaryTable = (typeof SUMMARY_TABLES)[number] | (typeof TRIP_TABLES)[number] | "trackPoints" | "lateness";

/** No two rows of a table are equal in these, so both engines give them in one order. */
const ORDERS: Partial<Record<SummaryTable, string>> = {
  drivers: "driver_id",
  driverDays: "driver_id, day_no",
  driverHours: "driver_id, hour_no",
  days: "day_no",
  hoursOfDay: "hour_of_day",
  sessions: "driver_id, session_no",
  files: "source_file",
  fileDrivers: "source_file, driver_id",
  overspeedEpisodes: "driver_id, start_s, start_row",
  neutralSlideEpisodes: "driver_id, start_s, start_row",
  trips: "driver_id, trip_no",
  stops: "driver_id, start_s, reason",
  trackPoints: "driver_id, trip_no, row_no",
  lateness: "source_file",
};

/** The rows of a table in the order in which they are exported. */
export function inOrder(table: SummaryTable, query: string, columns = "*"): string {
  const order = ORDERS[table];
  return `select ${columns} from (${query}) t${order === undefined ? "" : ` order by ${order}`}`;
}

/** The summary as SQL, the same text for both engines but for two functions. */
export function summaryQueries(engine: Dialect["name"], settings: SummarySettings, stopMinS: number): SummaryQueries {
  const dialect = DIALECTS[engine];
  const view = (name: string, query: string): SetupStep => ({ name, query, isKept: false });
  const kept = (name: string, query: string): SetupStep => ({ name, query, isKept: true });
  return {
    setup: [
      kept("files", filesQuery()),
      view("steps", stepsQuery(settings)),
      kept("tracks", tracksQuery(settings, dialect)),
      kept("overspeed_episodes", episodesQuery("overspeed", settings)),
      kept("neutral_slide_episodes", episodesQuery("neutral_slide", settings)),
      kept("parts", partsQuery(settings)),
      kept("standstills", standstillsQuery(stopMinS)),
      kept("trip_bounds", tripBoundsQuery()),
      view("trip_points", tripPointsQuery()),
      kept("trips", tripsQuery(settings)),
    ],
    tables: {
      drivers: rollUp([DRIVER]),
      driverDays: rollUp([DRIVER, DAY]),
      driverHours: rollUp([DRIVER, HOUR]),
      days: rollUp([DAY]),
      hoursOfDay: rollUp([HOUR_OF_DAY]),
      sessions: rollUp([DRIVER, SESSION]),
      files: rollUp([FILE]),
      fileDrivers: rollUp([FILE, DRIVER]),
      total: rollUp([]),
      overspeedEpisodes: "select * from overspeed_episodes",
      neutralSlideEpisodes: "select * from neutral_slide_episodes",
      trips: "select * from trips",
      stops: stopsQuery(settings),
      trackPoints: trackPointsQuery(dialect),
      lateness: latenessQuery(),
    },
  };
}
