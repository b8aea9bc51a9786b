import type { ChartSeries } from "#lib/charts/spec";
import { LineSwatch } from "./line-swatch.tsx";

/** Names of the lines of a chart, each with its piece of line. */
export function ChartLegend({ series }: { series: readonly ChartSeries[] }) {
  return (
    <ul className="flex flex-wrap items-baseline gap-x-3.5 gap-y-1 text-xs text-ink-2">
      {series
        .filter(({ kind }) => kind !== "residual")
        .map((line) => (
          <li key={line.id} className="flex items-baseline gap-1.5">
            <LineSwatch series={line} all={series} />
            {line.label}
          </li>
        ))}
    </ul>
  );
}
