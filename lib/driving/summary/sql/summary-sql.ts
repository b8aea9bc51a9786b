import { DIALECTS, type Dialect } from "./dialect.ts";
import { episodesQuery } from "./episodes.ts";
import { latenessQuery } from "./lateness.ts";
import { DAY_NO, partsQuery, rollUp } from "./parts.ts";
import { filesQuery, stepsQuery, type SummarySettings, tracksQuery } from "./tracks.ts";
import { standstillsQuery, stopsQuery, tripBoundsQuery, tripPointsQuery, tripsQuery } from "./trips.ts";

export interface SummaryQueries {
  /** Statements to run once, in order; they read the view or table `records` (columns of the cleaned table). */
  setup: { name: string; sql: string }[];
  /** One query per table of the summary. */
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
export type SummaryTable = (typeof SUMMARY_TABLES)[number] | (typeof TRIP_TABLES)[number] | "lateness";

/** The summary as SQL, the same text for both engines but for how intermediate rows are kept. */
export function summaryQueries(engine: Dialect["name"], settings: SummarySettings, stopMinS: number): SummaryQueries {
  const { keep } = DIALECTS[engine];
  const view = (name: string, query: string) => ({ name, sql: `create or replace temporary view ${name} as ${query}` });
  const kept = (name: string, query: string) => ({ name, sql: keep(name, query) });
  const episodes = (table: string) => `select * from ${table} order by driver_id, start_s, start_row`;
  return {
    setup: [
      kept("files", filesQuery()),
      view("steps", stepsQuery(settings)),
      kept("tracks", tracksQuery(settings, DIALECTS[engine])),
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
      overspeedEpisodes: episodes("overspeed_episodes"),
      neutralSlideEpisodes: episodes("neutral_slide_episodes"),
      trips: "select * from trips order by driver_id, trip_no",
      stops: stopsQuery(settings),
      lateness: latenessQuery(),
    },
  };
}
