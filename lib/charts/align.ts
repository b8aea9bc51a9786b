import type { ChartPoints } from "./spec.ts";

/** One column of values per series over shared instants: `null` breaks the line, `undefined` only has no point here. */
export interface AlignedSeries {
  t: number[];
  columns: (number | null | undefined)[][];
}

/**
 * Puts series with their own instants (ascending epoch ms) on the union of all instants, as uPlot wants them. A series
 * without a point at an instant gets `undefined`, which does not break its line; its own `null`s still do.
 */
export function alignSeries(series: readonly ChartPoints[]): AlignedSeries {
  const t = [...new Set(series.flatMap((points) => points.t))].sort((a, b) => a - b);
  const indexOf = new Map(t.map((atMs, index) => [atMs, index]));
  const columns = series.map((points) => {
    const column = new Array<number | null | undefined>(t.length).fill(undefined);
    points.t.forEach((atMs, i) => {
      column[indexOf.get(atMs) ?? -1] = points.v[i] ?? null;
    });
    return column;
  });
  return { t, columns };
}

/** Index of the instant nearest to `atMs` (ascending `t`); -1 when there is none. */
export function nearestIndex(t: readonly number[], atMs: number): number {
  let low = 0;
  let high = t.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((t[middle] ?? Infinity) < atMs) low = middle + 1;
    else high = middle;
  }
  if (low > 0 && atMs - (t[low - 1] ?? -Infinity) <= (t[low] ?? Infinity) - atMs) return low - 1;
  return t.length ? low : -1;
}

/**
 * The value a reader sees at an instant: that of the nearest point, unless it is a gap there or further away than
 * `withinMs`.
 */
export function valueNear(points: ChartPoints, atMs: number, withinMs: number): number | null {
  const index = nearestIndex(points.t, atMs);
  if (index < 0 || Math.abs((points.t[index] ?? Infinity) - atMs) > withinMs) return null;
  return points.v[index] ?? null;
}

/** Spans in which a line is broken: from the last point before a `null` to the first after it. */
export function brokenSpans(points: ChartPoints): { startAt: number; endAt: number }[] {
  const spans: { startAt: number; endAt: number }[] = [];
  let before = -1;
  let isBroken = false;
  points.v.forEach((value, index) => {
    if (value === null) {
      isBroken = true;
      return;
    }
    if (isBroken && before >= 0) spans.push({ startAt: points.t[before] ?? 0, endAt: points.t[index] ?? 0 });
    before = index;
    isBroken = false;
  });
  return spans;
}

/** Indices of points with a gap on both sides: a line cannot show them, a dot must. */
export function loneIndices(column: readonly (number | null | undefined)[]): number[] {
  const lone: number[] = [];
  let before: number | null = null;
  let candidate = -1;
  column.forEach((value, index) => {
    if (value === undefined) return;
    if (value === null && candidate >= 0) lone.push(candidate);
    candidate = value !== null && before === null ? index : -1;
    before = value;
  });
  if (candidate >= 0) lone.push(candidate);
  return lone;
}
