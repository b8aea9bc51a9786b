"use client";

import { useId, useMemo, useRef, useState } from "react";
import "uplot/dist/uPlot.min.css";
import { nearestIndex } from "#lib/charts/align";
import { chartSummary, readingAt } from "#lib/charts/chart-words";
import type { SeriesChartSpec, TimeRange } from "#lib/charts/spec";
import { classNames } from "#lib/format/class-names";
import { formatNumber } from "#lib/format/numbers";
import { FlagLane } from "./flag-lane.tsx";
import { fullRangeOf, modelOf, type Panel, type SeriesModel } from "./series-model.ts";
import { SeriesTooltip } from "./series-tooltip.tsx";
import { moveCursor } from "./create-plot.ts";
import { useSeriesKeys, type ChartCursor } from "./use-series-keys.ts";
import { useSeriesPlot } from "./use-series-plot.ts";

export interface SeriesChartProps {
  chart: SeriesChartSpec;
  /** "values" draws observed and reference lines with the flag lane, "residual" the differences below them. */
  panel?: Panel;
  /** Visible range; without it the chart's own. */
  range?: TimeRange;
  /** Called after drag, ctrl + wheel or keys; null asks for the whole range again. */
  onRangeChange?: (range: TimeRange | null) => void;
  /** Charts with the same key share one cursor. */
  syncKey?: string;
  /** While finer data are on their way: the old ones stay, dimmed. */
  isPending?: boolean;
}

const RANGE_MS_MIN = 1000;
const HELP = "Arrow keys read values, plus and minus zoom, 0 shows the whole range.";

const PLOT_CLASS =
  "w-full transition-opacity [&_.u-cursor-x]:border-r! [&_.u-cursor-x]:border-solid! [&_.u-cursor-x]:border-muted! [&_.u-select]:bg-accent/15!";
const PANEL_CLASS: Record<Panel, string> = { values: "h-[230px] sm:h-[296px]", residual: "h-[130px] sm:h-[160px]" };

/** One time series plot on canvas with cursor, tooltip, zoom and keyboard reading. */
export function SeriesChart({ chart, panel = "values", range, onRangeChange, syncKey, isPending }: SeriesChartProps) {
  const container = useRef<HTMLDivElement>(null);
  const helpId = useId();
  const [cursor, setCursor] = useState<ChartCursor | null>(null);
  const [isActive, setActive] = useState(false);
  const [layout, setLayout] = useState({ leftPx: 0, widthPx: 0, figureWidthPx: 0 });
  const model = useMemo(() => modelOf(chart, panel, range ?? fullRangeOf(chart)), [chart, panel, range]);
  const summary = useMemo(() => chartSummary({ ...chart, series: model.series }), [chart, model]);

  const zoom = ({ fromMs, toMs }: TimeRange) => {
    if (toMs - fromMs >= RANGE_MS_MIN) onRangeChange?.({ fromMs: Math.round(fromMs), toMs: Math.round(toMs) });
  };
  const reset = () => onRangeChange?.(null);
  const events = { onZoom: zoom, onReset: reset, onCursor: setCursor, onLayout: setLayout };
  const plot = useSeriesPlot({ container, model, syncKey, events });
  const { spoken, onKeyDown } = useSeriesKeys({ plot, model, cursor, zoom, reset });
  const leave = () => {
    setActive(false);
    if (plot.current) moveCursor(plot.current, -10);
  };
  const reading = isActive && cursor ? readingAt(chart, snapped(model, cursor.atMs), model.tolerances) : null;
  return (
    <div
      role="application"
      aria-roledescription="chart"
      aria-label={summary}
      aria-describedby={helpId}
      tabIndex={0}
      onKeyDown={(event) => {
        setActive(true);
        onKeyDown(event);
      }}
      onFocus={() => setActive(true)}
      onBlur={leave}
      onPointerEnter={() => setActive(true)}
      onPointerLeave={(event) => setActive(event.pointerType === "touch")}
      className="relative rounded-sm outline-offset-2 focus-visible:outline-2 focus-visible:outline-focus"
    >
      <div ref={container} className={classNames(PLOT_CLASS, PANEL_CLASS[panel], isPending && "opacity-60")} />
      {reading && cursor && (
        <SeriesTooltip
          reading={reading}
          chart={chart}
          leftPx={layout.leftPx + cursor.leftPx}
          widthPx={layout.figureWidthPx}
        />
      )}
      {panel === "values" && chart.flags.length > 0 && (
        <FlagLane
          flags={chart.flags}
          range={model.range}
          timeZone={chart.timeZone}
          leftPx={layout.leftPx}
          widthPx={layout.widthPx}
        />
      )}
      {model.y.outside > 0 && <OutsideNote count={model.y.outside} />}
      <p id={helpId} className="sr-only">
        {HELP}
      </p>
      <p aria-live="polite" className="sr-only">
        {spoken}
      </p>
    </div>
  );
}

/** The instant of the point under the cursor; between points, as in a gap, the instant itself to the minute. */
function snapped({ aligned, tolerances }: SeriesModel, atMs: number): number {
  const nearest = aligned.t[nearestIndex(aligned.t, atMs)] ?? Infinity;
  return Math.abs(nearest - atMs) <= Math.max(0, ...tolerances.values()) ? nearest : Math.round(atMs / 60_000) * 60_000;
}

function OutsideNote({ count }: { count: number }) {
  const words = count === 1 ? "1 drawn point lies" : `${formatNumber(count)} drawn points lie`;
  return <p className="pl-11 text-2xs text-muted">{words} far outside this axis; the table has them.</p>;
}
