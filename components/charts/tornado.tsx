import { scaleLinear } from "d3-scale";
import type { TornadoSpec } from "#lib/charts/spec";
import { formatNumber } from "#lib/format/numbers";

const ROW_PX = 24;
const BAR_PX = 12;
const AXIS_PX = 18;
const TICKS = 5;
const AXIS_TEXT = "text-2xs [font-stretch:88%]";

/** One bar per input from its lower to its higher outcome, around the value as given; the lower change is hollow. */
export function Tornado({ tornado }: { tornado: TornadoSpec }) {
  const { title, unit, base, rows } = tornado;
  const outcomes = rows.flatMap(({ low, high }) => [low.value, high.value]);
  const [least, most] = [Math.min(base, ...outcomes), Math.max(base, ...outcomes)];
  const span = most - least || 1;
  const xOf = (value: number) => ((value - least) / span) * 100;
  const heightPx = rows.length * ROW_PX + AXIS_PX;
  const name = `${title}: ${rows.map(({ label, low, high }) => `${label} ${formatNumber(low.value)} to ${formatNumber(high.value)}`).join(", ")} ${unit}`;
  return (
    <div className="flex gap-3">
      <div aria-hidden className="flex max-w-[40%] shrink-0 flex-col" style={{ paddingBottom: AXIS_PX }}>
        {rows.map(({ label }) => (
          <span key={label} className="truncate text-xs" style={{ lineHeight: `${ROW_PX}px` }} title={label}>
            {label}
          </span>
        ))}
      </div>
      <svg role="img" aria-label={name} width="100%" height={heightPx} className="block min-w-0 overflow-visible">
        {rows.map(({ label, low, high }, index) => (
          <g key={label}>
            {[low, high].map(({ input, value }, side) => (
              <rect
                key={side}
                x={`${Math.min(xOf(value), xOf(base))}%`}
                width={`${Math.abs(xOf(value) - xOf(base))}%`}
                y={index * ROW_PX + (ROW_PX - BAR_PX) / 2}
                height={BAR_PX}
                fill={side === 0 ? "var(--color-surface)" : "var(--data-1)"}
                stroke="var(--data-1)"
              >
                <title>{`${label} ${input}: ${formatNumber(value, { decimalsMax: 1 })} ${unit}`}</title>
              </rect>
            ))}
          </g>
        ))}
        <line
          x1={`${xOf(base)}%`}
          x2={`${xOf(base)}%`}
          y2={rows.length * ROW_PX}
          stroke="var(--color-ink)"
          strokeDasharray="4 3"
        />
        {scaleLinear()
          .domain([least, least + span])
          .ticks(TICKS)
          .map((tick) => (
            <text
              key={tick}
              x={`${xOf(tick)}%`}
              y={heightPx - 4}
              textAnchor={xOf(tick) > 95 ? "end" : xOf(tick) < 5 ? "start" : "middle"}
              className={`${AXIS_TEXT} fill-muted`}
            >
              {formatNumber(tick)}
            </text>
          ))}
      </svg>
    </div>
  );
}
