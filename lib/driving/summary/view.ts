import type { ViewSpec } from "#lib/charts/spec";
import { formatNumber } from "#lib/format/numbers";
import { clockText } from "./core/clock.ts";
import { SCORE_PART_KEYS, SCORE_PARTS, scoredValues } from "./core/score.ts";
import {
  type DriverFigures,
  type DrivingSummaryParams,
  type DrivingSummaryResult,
  type Figures,
  weightsOf,
} from "./schema.ts";
import { driverTable, episodeTable, sessionTable, stopTable, tripTable } from "./view-tables.ts";

const TREND_DRIVERS_MAX = 8;
const BARS_MAX = 20;

/** Totals, what the score is made of, ranking, charts by driver and day, and the lists. */
export function viewDrivingSummary(result: DrivingSummaryResult, params: DrivingSummaryParams): ViewSpec[] {
  const ranked = rankDrivers(result.drivers);
  const { fromDay, toDay } = params;
  const drill = { isReceived: params.records !== "files", fromDay, toDay };
  return [
    metrics(result),
    note(result, params),
    { kind: "table", table: driverTable(ranked, result.driverCount, drill) },
    scoreBars(ranked),
    overspeedBars(ranked),
    distanceBars(result),
    trend(result, ranked),
    ...heatmap(result, ranked),
    hourBars(result),
    { kind: "table", table: episodeTable(result.overspeedEpisodes, drill) },
    { kind: "table", table: tripTable(result.trips, drill) },
    { kind: "table", table: stopTable(result.stops, drill) },
    { kind: "table", table: sessionTable(result.sessions, drill) },
  ];
}

/** Best score first; those with too little driving for one last. */
export function rankDrivers(drivers: readonly DriverFigures[]): DriverFigures[] {
  return drivers.toSorted((a, b) => (b.score ?? -1) - (a.score ?? -1) || a.driverId.localeCompare(b.driverId));
}

export function per100Km(count: number, { distanceKm }: Pick<Figures, "distanceKm">): number | null {
  return distanceKm > 0 ? (100 * count) / distanceKm : null;
}

function metrics({ total, driverCount, sessions, trips }: DrivingSummaryResult): ViewSpec {
  const unclosed = total.overspeedUnclosedCount;
  return {
    kind: "metrics",
    metrics: {
      items: [
        { label: "Drivers", value: driverCount, decimals: 0 },
        { label: "Distance", value: total.distanceKm, unit: "km", decimals: 0 },
        { label: "Driving", value: total.drivingS / 3600, unit: "h", decimals: 1 },
        {
          label: "Overspeed",
          value: total.overspeedCount,
          decimals: 0,
          note: unclosed > 0 ? `${formatNumber(unclosed)} without an end` : "every one ended",
        },
        { label: "Time over the limit", value: total.overspeedS / 3600, unit: "h", decimals: 1 },
        { label: "Fatigue", value: total.fatigueCount, decimals: 0 },
        { label: "Neutral slides", value: total.neutralSlideCount, decimals: 0 },
        { label: "Sessions", value: sessions.count, decimals: 0, note: `${formatNumber(trips.count)} trips` },
        { label: "Records", value: total.recordCount, decimals: 0 },
      ],
    },
  };
}

function note(
  { total, datasetCount, arrivalSeq, computedBy, notes }: DrivingSummaryResult,
  params: DrivingSummaryParams,
): ViewSpec {
  const weights = weightsOf(params);
  const weightSum = SCORE_PART_KEYS.reduce((sum, part) => sum + weights[part], 0);
  const parts = SCORE_PART_KEYS.filter((part) => weights[part] > 0).map((part) => {
    const { label, unit, half } = SCORE_PARTS[part];
    return `${label.toLowerCase()} ${weights[part]}/${formatNumber(weightSum)}, 50 at ${half} ${unit}`;
  });
  const span =
    total.firstS === null || total.lastS === null ? "" : `${clockText(total.firstS)} to ${clockText(total.lastS)}, `;
  const text = [
    `As of ${total.lastS === null ? "no record" : clockText(total.lastS)}: ${span}${datasetCount} datasets${arrivalSeq === null ? "" : ` and what was received up to record ${formatNumber(arrivalSeq)}`}; times as written in the records. Computed by ${computedBy}.`,
    `Score: weighted mean of parts 100 / (1 + value / half): ${parts.join("; ")}.`,
    `A session ends after ${params.sessionGapS} s without a record; what is open then counts as unclosed and adds no time.`,
    ...notes,
  ].join(" ");
  return { kind: "note", note: { title: "What it says", text } };
}

function scoreBars(ranked: readonly DriverFigures[]): ViewSpec {
  return {
    kind: "bars",
    bars: {
      ...{ title: "Score", caption: captionOf(ranked), unit: "of 100", labelTitle: "Driver" },
      bars: ranked.slice(0, BARS_MAX).map(({ driverId, score }) => ({ label: driverId, value: score })),
    },
  };
}

function overspeedBars(ranked: readonly DriverFigures[]): ViewSpec {
  return {
    kind: "bars",
    bars: {
      ...{ title: "Overspeed per 100 km", caption: captionOf(ranked), unit: "per 100 km", labelTitle: "Driver" },
      bars: ranked.slice(0, BARS_MAX).map((row) => ({ label: row.driverId, value: per100Km(row.overspeedCount, row) })),
    },
  };
}

function captionOf(ranked: readonly unknown[]): string {
  return ranked.length > BARS_MAX ? `the ${BARS_MAX} best of ${ranked.length} drivers, best first` : "best score first";
}

function distanceBars({ days }: DrivingSummaryResult): ViewSpec {
  return {
    kind: "bars",
    bars: {
      ...{ title: "Distance by day", unit: "km", labelTitle: "Day" },
      bars: days.map(({ day, distanceKm }) => ({ label: day, value: distanceKm })),
    },
  };
}

function trend({ days, driverDays }: DrivingSummaryResult, ranked: readonly DriverFigures[]): ViewSpec {
  const unit = "% of driving";
  const value = (row: Figures | undefined) => (row ? (scoredValues(row)?.overspeed ?? null) : null);
  const t = days.map(({ day }) => Date.parse(`${day}T00:00:00Z`));
  const byKey = new Map(driverDays.rows.map((row) => [`${row.driverId} ${row.day}`, row]));
  const isWhole = driverDays.rows.length === driverDays.count;
  const drivers = isWhole && ranked.length <= TREND_DRIVERS_MAX * 2 ? ranked.slice(0, TREND_DRIVERS_MAX) : [];
  const fleet = { id: "all", label: "All drivers", points: { t, v: days.map(value) } };
  const own = drivers.map(({ driverId }) => ({
    ...{ id: driverId, label: driverId },
    points: { t, v: days.map(({ day }) => value(byKey.get(`${driverId} ${day}`))) },
  }));
  return {
    kind: "series",
    chart: {
      ...{ title: "Time over the limit by day", unit, timeZone: "UTC", xRange: null, yFromZero: true },
      ...{ flags: [], limits: [] },
      series: [fleet, ...own].map((series) => ({ ...series, kind: "observed" as const, unit })),
    },
  };
}

function heatmap({ days, driverDays }: DrivingSummaryResult, ranked: readonly DriverFigures[]): ViewSpec[] {
  if (driverDays.rows.length < driverDays.count) return [];
  const byKey = new Map(driverDays.rows.map((row) => [`${row.driverId} ${row.day}`, row]));
  return [
    {
      kind: "heatmap",
      heatmap: {
        ...{ title: "Score by driver and day", unit: "of 100", decimals: 0, columns: days.map(({ day }) => day) },
        rows: ranked.slice(0, BARS_MAX).map(({ driverId }) => ({
          label: driverId,
          values: days.map(({ day }) => byKey.get(`${driverId} ${day}`)?.score ?? null),
        })),
      },
    },
  ];
}

function hourBars({ hoursOfDay }: DrivingSummaryResult): ViewSpec {
  const byHour = new Map(hoursOfDay.map((row) => [row.hour, row]));
  return {
    kind: "bars",
    bars: {
      ...{ title: "Overspeed per 100 km by hour of the day", unit: "per 100 km", labelTitle: "Hour" },
      bars: Array.from({ length: 24 }, (_, hour) => {
        const row = byHour.get(hour);
        return { label: String(hour), value: row ? per100Km(row.overspeedCount, row) : null };
      }),
    },
  };
}
