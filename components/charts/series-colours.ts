import type { ChartSeries } from "#lib/charts/spec";

/** Which colour variable draws a series: observed lines take data colours in order, references stay faint. */
export function colourVariableOf(series: ChartSeries, all: readonly ChartSeries[]): string {
  if (series.kind === "reference") return "--color-faint";
  const order = all.filter(({ kind }) => kind === series.kind).findIndex(({ id }) => id === series.id);
  return `--data-${(Math.max(0, order) % 4) + 1}`;
}

/** References after the first are dashed, so that two faint lines can be told apart. */
export function isDashed(series: ChartSeries, all: readonly ChartSeries[]): boolean {
  if (series.kind !== "reference") return false;
  return all.filter(({ kind }) => kind === "reference").findIndex(({ id }) => id === series.id) > 0;
}
