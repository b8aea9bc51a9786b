import { useId } from "react";
import type { Tone } from "#lib/charts/spec";
import { formatNumber } from "#lib/format/numbers";
import { classNames } from "#lib/format/class-names";

export interface Bar {
  label: string;
  /** null = no data: hatched, not empty. */
  value: number | null;
  tone?: Tone;
}

export interface BarsProps {
  /** Said to screen readers: what, over which span, highest. */
  name: string;
  bars: readonly Bar[];
  /** Data colour 1–4, default 1. */
  colour?: 1 | 2 | 3 | 4;
  heightPx?: number;
  /** Many thin bars (arrivals): no numbers above, no space between. */
  isDense?: boolean;
  /** Index of the bar that is meant; the others are lighter. */
  highlight?: number;
  /** Labels under some bars; for many bars give few. */
  ticks?: readonly { index: number; label: string }[];
  /** Words over each hatched stretch, from its first and last label. */
  gapWords?: (first: string, last: string) => string;
}

const AXIS_PX = 18;
const TOP_PX = 15;
const LABELS_MAX = 14;
const AXIS_TEXT = "text-2xs [font-stretch:88%]";

/** Stretches of bars without data, [first, last]. */
function gapsOf(bars: readonly Bar[]): [number, number][] {
  const gaps: [number, number][] = [];
  bars.forEach((bar, index) => {
    if (bar.value !== null) return;
    const open = gaps.at(-1);
    if (open && open[1] === index - 1) open[1] = index;
    else gaps.push([index, index]);
  });
  return gaps;
}

function fillOf(bar: Bar, colour: number): string {
  return bar.tone ? `var(--color-${bar.tone}-mark)` : `var(--data-${colour})`;
}

/** Labels under the bars: the given ones, or every so many that about seven fit a phone. */
function ticksOf({ bars, ticks, isDense }: BarsProps): readonly { index: number; label: string }[] {
  if (ticks) return ticks;
  if (isDense) return [];
  const stride = Math.ceil(bars.length / 7);
  return bars.flatMap(({ label }, index) =>
    index % stride === Math.min(stride - 1, 1) || stride === 1 ? [{ index, label }] : [],
  );
}

interface BarGeometry {
  widthPercent: number;
  bottomPx: number;
  heightOf: (value: number) => number;
}

function BarColumn({ props, index, geometry }: { props: BarsProps; index: number; geometry: BarGeometry }) {
  const { bars, colour = 1, isDense, highlight } = props;
  const { widthPercent, bottomPx, heightOf } = geometry;
  const bar = bars[index];
  if (!bar || bar.value === null) return null;
  const inset = isDense ? 0.1 : 0.14;
  const height = heightOf(bar.value);
  const isQuiet = highlight !== undefined && highlight !== index;
  return (
    <g>
      <title>{`${bar.label}: ${formatNumber(bar.value)}`}</title>
      <rect
        x={`${(index + inset) * widthPercent}%`}
        width={`${widthPercent * (1 - 2 * inset)}%`}
        y={bottomPx - height}
        height={height}
        rx={isDense ? 0 : 1.5}
        fill={fillOf(bar, colour)}
        opacity={isQuiet ? 0.45 : isDense ? 0.78 : 1}
      />
      {!isDense && bars.length <= LABELS_MAX && (
        <text
          x={`${(index + 0.5) * widthPercent}%`}
          y={bottomPx - height - 4}
          textAnchor="middle"
          className={classNames(AXIS_TEXT, isQuiet ? "fill-muted" : "fill-ink")}
        >
          {formatNumber(bar.value)}
        </text>
      )}
    </g>
  );
}

function GapHatches({ props, hatchId, geometry }: { props: BarsProps; hatchId: string; geometry: BarGeometry }) {
  const { bars, gapWords } = props;
  const { widthPercent, bottomPx } = geometry;
  return gapsOf(bars).map(([first, last]) => (
    <g key={first}>
      <rect
        x={`${first * widthPercent}%`}
        width={`${(last - first + 1) * widthPercent}%`}
        y={TOP_PX}
        height={bottomPx - TOP_PX}
        fill={`url(#${hatchId})`}
        opacity="0.55"
      />
      {gapWords && (
        <text x={`${first * widthPercent}%`} y="11" className={classNames(AXIS_TEXT, "fill-silent font-bold")}>
          {gapWords(bars[first]?.label ?? "", bars[last]?.label ?? "")}
        </text>
      )}
    </g>
  ));
}

/** Upright bars as SVG in percent, so that it needs no measuring. Missing values are hatched. */
export function Bars(props: BarsProps) {
  const { name, bars, heightPx = 70, isDense } = props;
  const hatchId = useId();
  const ticks = ticksOf(props);
  const highest = Math.max(0, ...bars.map(({ value }) => value ?? 0)) || 1;
  const bottomPx = heightPx - (ticks.length > 0 ? AXIS_PX : 0);
  const heightOf = (value: number) => Math.max(0, (value / highest) * (bottomPx - TOP_PX));
  const geometry = { widthPercent: 100 / Math.max(1, bars.length), bottomPx, heightOf };
  return (
    <svg role="img" aria-label={name} width="100%" height={heightPx} className="block overflow-visible">
      <defs>
        <pattern id={hatchId} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0,0V5" stroke="var(--color-silent-mark)" strokeWidth="1.2" />
        </pattern>
      </defs>
      {bars.map((_, index) => (
        <BarColumn key={index} props={props} index={index} geometry={geometry} />
      ))}
      <GapHatches props={props} hatchId={hatchId} geometry={geometry} />
      {!isDense && <line x2="100%" y1={bottomPx + 0.5} y2={bottomPx + 0.5} stroke="var(--color-line)" />}
      {ticks.map(({ index, label }) => (
        <text
          key={index}
          x={`${(index + (isDense ? 0 : 0.5)) * geometry.widthPercent}%`}
          y={heightPx - 4}
          textAnchor={tickAnchor(index, bars.length)}
          className={classNames(AXIS_TEXT, "fill-muted")}
        >
          {label}
        </text>
      ))}
    </svg>
  );
}

/** The outermost labels stay inside the figure. */
function tickAnchor(index: number, count: number): "start" | "middle" | "end" {
  if (count <= 3) return "middle";
  if (index < count * 0.02) return "start";
  return index > count * 0.97 ? "end" : "middle";
}
