import { hourlyMedians, layHours } from "../../detector/network/hour-grid.ts";
import type { NetworkSeries } from "./schema.ts";

export const HOUR_MS = 3_600_000;

/** The hours that a neighbourhood is judged on. */
export interface HourFrame {
  startMs: number;
  count: number;
  hourOfDay: Uint8Array;
}

/** From the first to the last reading of any sensor; null when there is none. */
export function frameOf(series: readonly NetworkSeries[]): HourFrame | null {
  const known = series.filter(({ times }) => times.length > 0);
  if (known.length === 0) return null;
  const first = Math.floor(Math.min(...known.map(({ times }) => times[0]!)) / HOUR_MS);
  const last = Math.floor(Math.max(...known.map(({ times }) => times.at(-1)!)) / HOUR_MS);
  const count = last - first + 1;
  const hourOfDay = Uint8Array.from({ length: count }, (_, hour) => (((first + hour) % 24) + 24) % 24);
  return { startMs: first * HOUR_MS, count, hourOfDay };
}

/** Medians of a series by the hours of a frame, NaN where it has no reading. */
export function hoursOf({ times, values }: Pick<NetworkSeries, "times" | "values">, frame: HourFrame): Float64Array {
  const hours = new Float64Array(frame.count).fill(Number.NaN);
  if (times.length === 0) return hours;
  const medians = hourlyMedians(values, layHours(times));
  const offset = Math.floor(times[0]! / HOUR_MS) - frame.startMs / HOUR_MS;
  medians.forEach((value, i) => {
    if (offset + i >= 0 && offset + i < frame.count) hours[offset + i] = value;
  });
  return hours;
}

/** Readings of a UTC day, folded; days without a reading are absent. */
export function byDay(
  { times, values }: Pick<NetworkSeries, "times" | "values">,
  fold: (before: number | undefined, value: number) => number,
): Map<number, number> {
  const days = new Map<number, number>();
  for (let i = 0; i < times.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    const day = Math.floor(times[i]! / (24 * HOUR_MS));
    days.set(day, fold(days.get(day), value));
  }
  return days;
}
