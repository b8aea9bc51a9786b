import type { ChartFlag, SeriesChartSpec, TimeRange } from "#lib/charts/spec";
import { FLAG } from "../../core/record.ts";
import type { SpeedPoint } from "./vehicle.ts";

export type ChartedPoint = Pick<SpeedPoint, "seq" | "atMs" | "speedKmh" | "flags" | "isLate">;

interface SpeedChartInput {
  title: string;
  /** In the order of time, then arrival. */
  points: readonly ChartedPoint[];
  range: TimeRange | null;
  /** A longer silence breaks the line. */
  gapS: number;
}

/** A driver's speed over the vehicle's own clock, with what the device flagged. */
export function speedChart({ title, points, range, gapS }: SpeedChartInput): SeriesChartSpec {
  const t: number[] = [];
  const v: (number | null)[] = [];
  for (const { atMs, speedKmh } of points) {
    const lastMs = t.at(-1) ?? atMs;
    if (atMs - lastMs > gapS * 1000) {
      t.push(lastMs + 1);
      v.push(null);
    }
    // Several records of one second keep their order a millisecond apart.
    t.push(atMs > lastMs || t.length === 0 ? atMs : lastMs + 1);
    v.push(speedKmh);
  }
  return {
    ...{ title, unit: "km/h", timeZone: "UTC", zoneName: "vehicle’s clock", xRange: range, yFromZero: true },
    caption: "the vehicle’s clock",
    series: [{ id: "speed", label: "Speed", kind: "observed", unit: "km/h", points: { t, v } }],
    flags: [
      ...spansOf(points, gapS, OVERSPEED),
      ...spansOf(points, gapS, NEUTRAL_SLIDE),
      ...points.filter(({ isLate }) => isLate).map(lateFlag),
    ].sort((a, b) => a.startAt - b.startAt),
    limits: [],
  };
}

const OVERSPEED = { start: FLAG.overspeed, end: FLAG.overspeedEnd, flag: 4, check: "over limit" } as const;
const NEUTRAL_SLIDE = { start: FLAG.neutralSlide, end: FLAG.neutralSlideEnd, flag: 3, check: "coasting" } as const;

/** From each start to its end; without one to the last record before a silence. */
function spansOf(
  points: readonly ChartedPoint[],
  gapS: number,
  kind: typeof OVERSPEED | typeof NEUTRAL_SLIDE,
): ChartFlag[] {
  const spans: ChartFlag[] = [];
  let startAt: number | null = null;
  let lastMs = NaN;
  const close = (endAt: number, reason: string) => {
    if (startAt !== null) spans.push({ startAt, endAt, flag: kind.flag, check: kind.check, reason });
    startAt = null;
  };
  for (const { atMs, flags } of points) {
    if (atMs - lastMs > gapS * 1000) close(lastMs, "Data stopped before its end.");
    if ((flags & kind.end) !== 0) close(atMs, "Start and end as the device tells.");
    if ((flags & kind.start) !== 0) {
      close(atMs, "Began anew.");
      startAt = atMs;
    }
    lastMs = atMs;
  }
  close(lastMs, "Not over yet.");
  return spans;
}

function lateFlag({ atMs }: ChartedPoint): ChartFlag {
  return {
    startAt: atMs,
    endAt: atMs,
    flag: 2,
    check: "late",
    reason: "Came late: kept and counted, without an alert.",
  };
}

/** Stored and live points in one line, each once. */
export function mergePoints(stored: readonly ChartedPoint[], live: readonly ChartedPoint[]): ChartedPoint[] {
  const bySeq = new Map([...stored, ...live].map((point) => [point.seq, point]));
  return [...bySeq.values()].sort((a, b) => a.atMs - b.atMs || a.seq - b.seq);
}
