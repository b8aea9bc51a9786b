import { scaleLinear } from "d3-scale";
import type { ReactNode } from "react";
import { drawnWords } from "#lib/charts/chart-words";
import { formatNumber } from "#lib/format/numbers";
import { ChartFigure } from "./chart-figure.tsx";

interface XyFigureProps {
  /** Ascending. */
  x: readonly number[];
  y: readonly (number | null)[];
  xLabel: string;
  yLabel: string;
  rowCount: number;
  /** Min/max pairs that stand for the rows; 0: all are drawn. */
  pairs: number;
  source: ReactNode;
}

const HEIGHT_PX = 280;
const BOTTOM_PX = 34;
const TOP_PX = 8;
const LEFT_PX = 56;
/** More dots than this run into one another: a line says more. */
const DOTS_MAX = 400;

/** One quantity over another that is no time, as SVG: dots where there are few, a line where there are many. */
export function XyFigure({ x, y, xLabel, yLabel, rowCount, pairs, source }: XyFigureProps) {
  const points = x.flatMap((value, at) => (y[at] == null ? [] : [{ x: value, y: y[at] }]));
  const rows = points.map((point) => ({ x: point.x, y: point.y }));
  const columns = [
    { key: "x", label: xLabel, align: "right" as const },
    { key: "y", label: yLabel, align: "right" as const },
  ];
  return (
    <ChartFigure
      title={`${yLabel} over ${xLabel}`}
      table={{ columns, rows }}
      noPng
      rowNoun={pairs > 0 ? "drawn points" : "points"}
      level={4}
      source={
        <>
          <span>{drawnWords({ points: rowCount, pairs })}</span>
          <span aria-hidden="true">·</span>
          {source}
        </>
      }
    >
      <Plot points={points} xLabel={xLabel} yLabel={yLabel} />
    </ChartFigure>
  );
}

interface PlotProps {
  points: readonly { x: number; y: number }[];
  xLabel: string;
  yLabel: string;
}

function Plot({ points, xLabel, yLabel }: PlotProps) {
  const xs = axisOf(points.map((point) => point.x));
  const ys = axisOf(points.map((point) => point.y));
  const left = (value: number) => xs.scale(value) * 1000;
  const top = (value: number) => (1 - ys.scale(value)) * 1000;
  const name = `${yLabel} over ${xLabel}: ${formatNumber(points.length)} points, ${xLabel} ${xs.words}, ${yLabel} ${ys.words}`;
  const plotPx = HEIGHT_PX - BOTTOM_PX - TOP_PX;
  return (
    <div role="img" aria-label={name} className="relative text-2xs text-muted" style={{ height: HEIGHT_PX }}>
      <svg
        viewBox="0 0 1000 1000"
        preserveAspectRatio="none"
        aria-hidden
        className="absolute right-2 overflow-visible"
        style={{ left: LEFT_PX, top: TOP_PX, width: `calc(100% - ${LEFT_PX + 8}px)`, height: plotPx }}
      >
        {ys.ticks.map((tick) => (
          <line key={tick} x1="0" x2="1000" y1={top(tick)} y2={top(tick)} stroke="var(--color-line)" {...THIN} />
        ))}
        {points.length > DOTS_MAX ? (
          <polyline
            points={points.map((point) => `${left(point.x).toFixed(1)},${top(point.y).toFixed(1)}`).join(" ")}
            fill="none"
            stroke="var(--data-1)"
            {...THIN}
          />
        ) : (
          // A line of no length with round ends is a dot that stays round however the picture is stretched.
          points.map((point, at) => (
            <path
              key={at}
              d={`M${left(point.x)} ${top(point.y)}h0`}
              stroke="var(--data-1)"
              strokeLinecap="round"
              strokeWidth={5}
              vectorEffect="non-scaling-stroke"
            />
          ))
        )}
      </svg>
      {ys.ticks.map((tick) => (
        <span
          key={tick}
          className="absolute -translate-y-1/2 pr-2 text-right tabular-nums"
          style={{ top: TOP_PX + (top(tick) / 1000) * plotPx, width: LEFT_PX }}
        >
          {formatNumber(tick)}
        </span>
      ))}
      {xs.ticks.map((tick) => (
        <span
          key={tick}
          className="absolute -translate-x-1/2 tabular-nums"
          style={{
            left: `calc(${LEFT_PX}px + (100% - ${LEFT_PX + 8}px) * ${xs.scale(tick)})`,
            top: HEIGHT_PX - BOTTOM_PX + 4,
          }}
        >
          {formatNumber(tick)}
        </span>
      ))}
      <span className="absolute right-2 bottom-0">{xLabel}</span>
    </div>
  );
}

const THIN = { strokeWidth: 1.5, vectorEffect: "non-scaling-stroke" } as const;
const TICKS = 5;

function axisOf(values: readonly number[]) {
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const room = low === high ? Math.abs(low) || 1 : 0;
  const domain = scaleLinear()
    .domain([low - room, high + room])
    .nice(TICKS);
  const scale = domain.copy().range([0, 1]);
  return { scale, ticks: domain.ticks(TICKS), words: `${formatNumber(low)} to ${formatNumber(high)}` };
}
