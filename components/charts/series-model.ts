import { alignSeries, brokenSpans, loneIndices, type AlignedSeries } from "#lib/charts/align";
import { readingTolerances } from "#lib/charts/chart-words";
import type { ChartSeries, SeriesChartSpec, TimeRange } from "#lib/charts/spec";
import { yRangeOf, type YRange } from "#lib/charts/y-range";

export type Panel = "values" | "residual";

/** Everything one plot draws, worked out from the spec before any canvas is touched. */
export interface SeriesModel {
  chart: SeriesChartSpec;
  panel: Panel;
  range: TimeRange;
  /** References first, so that the observed line lies on top. */
  series: ChartSeries[];
  aligned: AlignedSeries;
  /** Per series, the points that stand alone between two gaps. */
  lone: number[][];
  y: YRange;
  gaps: { startAt: number; endAt: number }[];
  tolerances: ReadonlyMap<string, number>;
}

export function fullRangeOf(chart: SeriesChartSpec): TimeRange {
  if (chart.xRange) return chart.xRange;
  let fromMs = Infinity;
  let toMs = -Infinity;
  for (const { points } of chart.series) {
    fromMs = Math.min(fromMs, points.t[0] ?? Infinity);
    toMs = Math.max(toMs, points.t.at(-1) ?? -Infinity);
  }
  if (fromMs < toMs) return { fromMs, toMs };
  const middle = Number.isFinite(fromMs) ? fromMs : 0;
  return { fromMs: middle - 1_800_000, toMs: middle + 1_800_000 };
}

function visibleValues(series: readonly ChartSeries[], range: TimeRange): Float64Array {
  const values: number[] = [];
  for (const { points } of series) {
    points.t.forEach((atMs, i) => {
      const value = points.v[i];
      if (value !== null && value !== undefined && atMs >= range.fromMs && atMs <= range.toMs) values.push(value);
    });
  }
  return Float64Array.from(values);
}

/** A limit far off the values would flatten them: it widens the axis only within half its height. */
function withLimits(y: YRange, chart: SeriesChartSpec): YRange {
  const reach = (y.max - y.min) / 2;
  const near = chart.limits.map(({ value }) => value).filter((value) => value > y.min - reach && value < y.max + reach);
  const margin = reach * 0.25;
  return {
    ...y,
    min: Math.min(y.min, ...near.map((value) => value - margin)),
    max: Math.max(y.max, ...near.map((value) => value + margin)),
  };
}

function yOf(chart: SeriesChartSpec, panel: Panel, series: ChartSeries[], range: TimeRange): YRange {
  const values = visibleValues(series, range);
  if (panel === "values") return withLimits(yRangeOf(values, { fromZero: chart.yFromZero }), chart);
  // A residual is read for its slow part: single spikes may be cut off sooner, the panel above shows them.
  const y = yRangeOf(values, { stretchMax: 2 });
  return { ...y, min: Math.min(y.min, chart.band?.from ?? 0), max: Math.max(y.max, chart.band?.to ?? 0) };
}

export function modelOf(chart: SeriesChartSpec, panel: Panel, range: TimeRange): SeriesModel {
  const isDrawn = ({ kind }: ChartSeries) => (kind === "residual") === (panel === "residual");
  const series = chart.series
    .filter(isDrawn)
    .sort((a, b) => Number(b.kind === "reference") - Number(a.kind === "reference"));
  const main = series.find(({ kind }) => kind !== "reference") ?? series[0];
  const aligned = alignSeries(series.map(({ points }) => points));
  return {
    chart,
    panel,
    range,
    series,
    aligned,
    lone: aligned.columns.map(loneIndices),
    y: yOf(chart, panel, series, range),
    gaps: main ? brokenSpans(main.points) : [],
    tolerances: readingTolerances(chart, range),
  };
}
