import { selectInPlace } from "#lib/math/quantile";

const HOUR_MS = 3_600_000;

/** The hours that a grid of instants covers. */
export interface HourGrid {
  hourCount: number;
  /** Hour of every row, from 0. */
  hourOfRow: Int32Array;
  /** Row at which every hour begins; one more entry than hours. */
  rowOfHour: Int32Array;
  /** Hour of the day (UTC) of every hour. */
  hourOfDay: Uint8Array;
  /** Usual rows per hour. */
  rowsPerHour: number;
}

/** Lays hours over ascending instants (epoch ms). */
export function layHours(timestamps: Float64Array): HourGrid {
  const first = Math.floor((timestamps[0] ?? 0) / HOUR_MS);
  const hourOfRow = Int32Array.from(timestamps, (time) => Math.floor(time / HOUR_MS) - first);
  const hourCount = timestamps.length === 0 ? 0 : hourOfRow[hourOfRow.length - 1]! + 1;
  const rowOfHour = new Int32Array(hourCount + 1);
  for (const hour of hourOfRow) rowOfHour[hour + 1]!++;
  for (let hour = 0; hour < hourCount; hour++) rowOfHour[hour + 1]! += rowOfHour[hour]!;
  const hourOfDay = Uint8Array.from({ length: hourCount }, (_, hour) => (((first + hour) % 24) + 24) % 24);
  return { hourCount, hourOfRow, rowOfHour, hourOfDay, rowsPerHour: Math.max(1, Math.round(usualRows(rowOfHour))) };
}

function usualRows(rowOfHour: Int32Array): number {
  const counts = Float64Array.from({ length: rowOfHour.length - 1 }, (_, i) => rowOfHour[i + 1]! - rowOfHour[i]!);
  const filled = counts.filter((count) => count > 0);
  return filled.length === 0 ? 1 : selectInPlace(filled, filled.length >> 1);
}

/** Median of the values of every hour; NaN where there is none. */
export function hourlyMedians(values: Float64Array, { hourCount, rowOfHour }: HourGrid): Float64Array {
  const medians = new Float64Array(hourCount);
  const finite = new Float64Array(values.length);
  for (let hour = 0; hour < hourCount; hour++) {
    let count = 0;
    for (let row = rowOfHour[hour]!; row < rowOfHour[hour + 1]!; row++) {
      const value = values[row]!;
      if (value === value) finite[count++] = value;
    }
    medians[hour] = medianOfFew(finite.subarray(0, count));
  }
  return medians;
}

function medianOfFew(few: Float64Array): number {
  if (few.length === 0) return Number.NaN;
  few.sort();
  const middle = few.length >> 1;
  return few.length % 2 === 1 ? few[middle]! : (few[middle - 1]! + few[middle]!) / 2;
}
