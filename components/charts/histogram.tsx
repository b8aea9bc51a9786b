import { scaleLinear } from "d3-scale";
import type { HistogramSpec } from "#lib/charts/spec";
import { formatNumber } from "#lib/format/numbers";

const HEIGHT_PX = 120;
const AXIS_PX = 18;
const TOP_PX = 14;
const TICKS = 6;

/** Counts per bin as SVG in percent, with marked values (limits, medians) as dashed lines. */
export function Histogram({ histogram }: { histogram: HistogramSpec }) {
  const { title, unit, edges, counts, marks = [] } = histogram;
  const from = edges[0] ?? 0;
  const span = (edges.at(-1) ?? 1) - from || 1;
  const xOf = (value: number) => ((value - from) / span) * 100;
  const highest = Math.max(1, ...counts);
  const bottom = HEIGHT_PX - AXIS_PX;
  const ticks = scaleLinear()
    .domain([from, from + span])
    .ticks(TICKS);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const name = `${title}: ${formatNumber(total)} values from ${formatNumber(from)} to ${formatNumber(edges.at(-1))} ${unit}`;
  return (
    <svg role="img" aria-label={name} width="100%" height={HEIGHT_PX} className="block overflow-visible">
      {counts.map((count, index) => {
        const left = xOf(edges[index] ?? 0);
        const height = (count / highest) * (bottom - TOP_PX);
        return (
          <rect
            key={index}
            x={`${left}%`}
            width={`${xOf(edges[index + 1] ?? 0) - left}%`}
            y={bottom - height}
            height={height}
            fill="var(--data-1)"
            stroke="var(--color-surface)"
          >
            <title>{`${formatNumber(edges[index])} to ${formatNumber(edges[index + 1])} ${unit}: ${formatNumber(count)}`}</title>
          </rect>
        );
      })}
      <line x1="0" x2="100%" y1={bottom + 0.5} y2={bottom + 0.5} stroke="var(--color-line-strong)" />
      {marks
        .filter(({ value }) => xOf(value) >= 0 && xOf(value) <= 100)
        .map(({ value, label }) => (
          <g key={label}>
            <line
              x1={`${xOf(value)}%`}
              x2={`${xOf(value)}%`}
              y1={TOP_PX}
              y2={bottom}
              stroke="var(--color-ink)"
              strokeDasharray="4 3"
            />
            <text
              x={`${xOf(value)}%`}
              y="10"
              textAnchor={xOf(value) > 80 ? "end" : xOf(value) < 20 ? "start" : "middle"}
              className="fill-ink text-2xs font-bold [font-stretch:88%]"
            >
              {label}
            </text>
          </g>
        ))}
      {ticks.map((tick) => (
        <text
          key={tick}
          x={`${xOf(tick)}%`}
          y={HEIGHT_PX - 4}
          textAnchor={xOf(tick) < 2 ? "start" : xOf(tick) > 98 ? "end" : "middle"}
          className="fill-muted text-2xs [font-stretch:88%]"
        >
          {formatNumber(tick)}
        </text>
      ))}
    </svg>
  );
}
