import { AppError } from "#lib/errors";
import { clockOfDay, dayText } from "./core/clock.ts";
import { driverOf, toEpisode, toFigures, toStop, toTrip } from "./core/to-figures.ts";
import { type DrivingSummaryParams, type DrivingSummaryResult, weightsOf } from "./schema.ts";
import { inOrder, type SummaryTable } from "./sql/summary-sql.ts";
import type { RunTools } from "#lib/algorithms/define";
import type { ComputedSummary, ComputeSummary, Row } from "./engine.ts";
import type { SummarySettings } from "./sql/tracks.ts";

const ROWS_MAX = 500;
const DRIVERS_MAX = 2000;
const DAY_S = 86_400;

export interface DrivingSummaryData {
  compute: ComputeSummary;
  datasetCount: number;
  /** Number of the record that arrived last of those that were read; null when only files were. */
  arrivalSeq: number | null;
}

export function settingsOf({ fromDay, toDay, sessionGapS }: DrivingSummaryParams): SummarySettings {
  return {
    sessionGapS,
    fromClockS: fromDay === null ? null : clockOfDay(fromDay),
    toClockS: toDay === null ? null : clockOfDay(toDay) + DAY_S,
  };
}

/** Every table of the summary; what is too long for a page is cut, the count of all beside it. */
export async function runDrivingSummary(
  params: DrivingSummaryParams,
  { compute, datasetCount, arrivalSeq }: DrivingSummaryData,
  tools: RunTools,
): Promise<DrivingSummaryResult> {
  const { signal, onProgress } = tools;
  const computed = await compute({ settings: settingsOf(params), stopMinS: params.stopMinS }, tools);
  signal.throwIfAborted();
  onProgress(0.7, "Add up");
  const read = readerOf(computed);
  const [total = {}] = await read.all("total");
  if (!(Number(total["record_count"]) > 0))
    throw new AppError("unprocessable", "No record lies in this period. Choose other days, or leave them empty.");
  const weights = weightsOf(params);
  const figures = (row: Row) => toFigures(row, weights);
  const drivers = await read.first("drivers", "distance_km desc, driver_id", DRIVERS_MAX);
  const driverDays = await read.first("driverDays", "driver_id, day_no", DRIVERS_MAX);
  const hours = await read.all("hoursOfDay");
  const sessions = await read.first("sessions", "first_s desc, driver_id", ROWS_MAX);
  const trips = await read.first("trips", "start_s desc, driver_id", ROWS_MAX);
  const stops = await read.first("stops", "duration_s desc, driver_id, start_s", ROWS_MAX);
  const longest = "case when end_s is null then 0 else 1 end, duration_s desc, driver_id, start_s, start_row";
  const episodes = await read.first("overspeedEpisodes", longest, ROWS_MAX);
  const slides = await read.first("neutralSlideEpisodes", "driver_id", 0);
  onProgress(0.9, "Files");
  const day = (row: Row) => ({ day: dayText(Number(row["day_no"])) });
  return {
    ...{ datasetCount, arrivalSeq, computedBy: computed.computedBy },
    total: figures(total),
    driverCount: drivers.count,
    drivers: drivers.rows.map((row) => ({ ...driverOf(row), ...figures(row) })),
    days: (await read.all("days")).map((row) => ({ ...day(row), ...figures(row) })),
    driverDays: {
      rows: driverDays.rows.map((row) => ({ ...driverOf(row), ...day(row), ...figures(row) })),
      count: driverDays.count,
    },
    hoursOfDay: hours.map((row) => ({ hour: Number(row["hour_of_day"]), ...figures(row) })),
    sessions: {
      rows: sessions.rows.map((row) => ({
        ...driverOf(row),
        ...figures(row),
        gapBeforeS: row["gap_before_s"] === null ? null : Number(row["gap_before_s"]),
      })),
      count: sessions.count,
    },
    trips: { rows: trips.rows.map(toTrip), count: trips.count },
    stops: { rows: stops.rows.map(toStop), count: stops.count },
    overspeedEpisodes: { rows: episodes.rows.map(toEpisode), count: episodes.count },
    neutralSlideEpisodeCount: slides.count,
    notes: [],
  };
}

function readerOf({ tables, rows }: ComputedSummary) {
  return {
    all: (table: SummaryTable) => rows(inOrder(table, tables[table])),
    first: async (table: SummaryTable, order: string, limit: number) => {
      const [{ row_count: count = 0 } = {}] = await rows(`select count(*) as row_count from (${tables[table]}) t`);
      const found =
        limit === 0 ? [] : await rows(`select * from (${tables[table]}) t order by ${order} limit ${limit}`);
      return { rows: found, count: Number(count) };
    },
  };
}
