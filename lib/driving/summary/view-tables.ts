import type { TableColumn, TableSpec } from "#lib/charts/spec";
import { formatDuration } from "#lib/format/durations";
import { formatNumber } from "#lib/format/numbers";
import { clockText } from "./core/clock.ts";
import type { DriverFigures, DrivingSummaryResult } from "./schema.ts";

const DRIVERS_SHOWN_MAX = 200;
const ROWS_SHOWN_MAX = 100;

const right = (key: string, label: string, unit?: string, decimals = 0): TableColumn => ({
  ...{ key, label, align: "right", decimals },
  ...(unit !== undefined && { unit }),
});

/** Pages of drivers tell of received records only: what came in files leads nowhere. */
export interface Drill {
  isReceived: boolean;
  fromDay: string | null;
  toDay: string | null;
}

/** A driver's days and episodes in the period, or on one day; from there an episode leads to the map. */
function hrefOf({ isReceived, fromDay, toDay }: Drill, driverId: string, startS?: number | null): string | null {
  if (!isReceived) return null;
  const day = startS === undefined || startS === null ? null : clockText(startS).slice(0, 10);
  const [from, to] = day === null ? [fromDay, toDay] : [day, day];
  const query = new URLSearchParams({ ...(from !== null && { from }), ...(to !== null && { to }) });
  return `/driving/drivers/${encodeURIComponent(driverId)}${query.size > 0 ? `?${query}` : ""}#episodes`;
}

const hrefsOf = (drill: Drill, driverId: string, startS: number | null) => ({
  driverHref: hrefOf(drill, driverId),
  dayHref: hrefOf(drill, driverId, startS),
});

const DRIVER: TableColumn = { key: "driver", label: "Driver", hrefKey: "driverHref" };
const START: TableColumn = { key: "start", label: "From", hrefKey: "dayHref" };

function shownOf(shown: number, count: number, order: string): string {
  return shown < count ? `${order}; ${formatNumber(shown)} of ${formatNumber(count)}, all in the files` : order;
}

export function driverTable(ranked: readonly DriverFigures[], count: number, drill: Drill): TableSpec {
  const shown = ranked.slice(0, DRIVERS_SHOWN_MAX);
  const per100Km = (events: number, km: number) => (km > 0 ? (100 * events) / km : null);
  return {
    title: "Ranking of drivers",
    caption: shownOf(shown.length, count, "best score first"),
    columns: [
      right("rank", "Rank"),
      DRIVER,
      { key: "plate", label: "Plate" },
      right("score", "Score", undefined, 1),
      right("distance", "Distance", "km", 1),
      right("driving", "Driving", "h", 1),
      right("mean", "Mean moving", "km/h", 1),
      right("max", "Max", "km/h"),
      right("overspeed", "Overspeed"),
      right("overspeedRate", "Overspeed", "per 100 km", 1),
      right("overspeedTime", "Over the limit", "min", 1),
      right("unclosed", "Unclosed"),
      right("fatigue", "Fatigue"),
      right("fatigueRate", "Fatigue", "per 100 km", 1),
      right("slides", "Neutral slides"),
      right("slideTime", "In neutral", "min", 1),
      right("speedups", "Rapid speed-ups"),
      right("slowdowns", "Rapid slow-downs"),
      right("throttleStops", "Throttle while stopped"),
      right("oilLeaks", "Oil leaks"),
    ],
    rows: shown.map((row, index) => ({
      ...{ rank: index + 1, driverHref: hrefOf(drill, row.driverId) },
      ...{ driver: row.driverId, plate: row.plateNumber, score: row.score, distance: row.distanceKm },
      ...{ driving: row.drivingS / 3600, mean: row.movingSpeedKmhMean, max: row.speedKmhMax },
      overspeed: row.overspeedCount,
      overspeedRate: per100Km(row.overspeedCount, row.distanceKm),
      overspeedTime: row.overspeedS / 60,
      unclosed: row.overspeedUnclosedCount,
      fatigue: row.fatigueCount,
      fatigueRate: per100Km(row.fatigueCount, row.distanceKm),
      slides: row.neutralSlideCount,
      slideTime: row.neutralSlideS / 60,
      ...{ speedups: row.rapidSpeedupCount, slowdowns: row.rapidSlowdownCount },
      ...{ throttleStops: row.throttleStopCount, oilLeaks: row.oilLeakCount },
    })),
  };
}

export function episodeTable({ rows, count }: DrivingSummaryResult["overspeedEpisodes"], drill: Drill): TableSpec {
  const shown = rows.slice(0, ROWS_SHOWN_MAX);
  return {
    title: "Overspeed episodes",
    caption: shownOf(shown.length, count, "unclosed ones, then the longest"),
    columns: [
      DRIVER,
      START,
      { key: "length", label: "For" },
      right("peak", "Peak", "km/h"),
      right("latitude", "Latitude", "°", 5),
      right("longitude", "Longitude", "°", 5),
    ],
    rows: shown.map(({ driverId, startS, durationS, peakSpeedKmh, latitude, longitude }) => ({
      ...hrefsOf(drill, driverId, startS),
      ...{ driver: driverId, start: clockText(startS), peak: peakSpeedKmh, latitude, longitude },
      length: durationS === null ? "unclosed" : durationS === 0 ? "under 1 s" : formatDuration(durationS),
    })),
  };
}

export function tripTable({ rows, count }: DrivingSummaryResult["trips"], drill: Drill): TableSpec {
  const shown = rows.slice(0, ROWS_SHOWN_MAX);
  return {
    title: "Trips",
    caption: shownOf(shown.length, count, "newest first"),
    columns: [
      DRIVER,
      right("trip", "Trip"),
      START,
      { key: "end", label: "To" },
      right("distance", "Distance", "km", 1),
      { key: "length", label: "For" },
      right("max", "Max", "km/h"),
      right("overspeed", "Overspeed"),
      right("fatigue", "Fatigue"),
    ],
    rows: shown.map((trip) => ({
      ...hrefsOf(drill, trip.driverId, trip.startS),
      ...{ driver: trip.driverId, trip: trip.tripNo, start: clockText(trip.startS), end: clockText(trip.endS) },
      ...{ distance: trip.distanceKm, length: formatDuration(trip.durationS), max: trip.speedKmhMax },
      ...{ overspeed: trip.overspeedCount, fatigue: trip.fatigueCount },
    })),
  };
}

export function stopTable({ rows, count }: DrivingSummaryResult["stops"], drill: Drill): TableSpec {
  const shown = rows.slice(0, ROWS_SHOWN_MAX);
  return {
    title: "Stops",
    caption: shownOf(shown.length, count, "longest first"),
    columns: [
      DRIVER,
      START,
      { key: "length", label: "For" },
      { key: "how", label: "How" },
      right("latitude", "Latitude", "°", 5),
      right("longitude", "Longitude", "°", 5),
    ],
    rows: shown.map(({ driverId, startS, durationS, reason, latitude, longitude }) => ({
      ...hrefsOf(drill, driverId, startS),
      ...{ driver: driverId, start: clockText(startS), length: formatDuration(durationS), how: reason },
      ...{ latitude, longitude },
    })),
  };
}

export function sessionTable({ rows, count }: DrivingSummaryResult["sessions"], drill: Drill): TableSpec {
  const shown = rows.slice(0, ROWS_SHOWN_MAX);
  return {
    title: "Sessions",
    caption: shownOf(shown.length, count, "newest first"),
    columns: [
      DRIVER,
      START,
      { key: "end", label: "To" },
      { key: "gap", label: "After a gap of" },
      right("records", "Records"),
      right("distance", "Distance", "km", 1),
      right("overspeed", "Overspeed"),
      right("max", "Max", "km/h"),
      right("score", "Score", undefined, 1),
    ],
    rows: shown.map((session) => ({
      ...hrefsOf(drill, session.driverId, session.firstS),
      driver: session.driverId,
      start: session.firstS === null ? null : clockText(session.firstS),
      end: session.lastS === null ? null : clockText(session.lastS),
      gap: session.gapBeforeS === null ? "first" : formatDuration(session.gapBeforeS),
      ...{ records: session.recordCount, distance: session.distanceKm, overspeed: session.overspeedCount },
      ...{ max: session.speedKmhMax, score: session.score },
    })),
  };
}
