import type { ChartSeries } from "#lib/charts/spec";
import { colourVariableOf, isDashed } from "./series-colours.ts";

/** The piece of line that stands before a series' name; residuals have none, they are drawn in their own panel. */
export function LineSwatch({ series, all }: { series: ChartSeries | undefined; all: readonly ChartSeries[] }) {
  if (!series || series.kind === "residual") return null;
  const dash = isDashed(series, all) ? "4 2.5" : undefined;
  return (
    <svg width="14" height="2" aria-hidden="true" className="flex-none self-center">
      <path d="M0 1H14" stroke={`var(${colourVariableOf(series, all)})`} strokeWidth="2" strokeDasharray={dash} />
    </svg>
  );
}
