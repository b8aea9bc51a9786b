"use client";

import { useId, useMemo, useRef, useState, type KeyboardEvent } from "react";
import "uplot/dist/uPlot.min.css";
import { nearestIndex } from "#lib/charts/align";
import { chartSummary, readingAt, readingWords } from "#lib/charts/chart-words";
import type { SeriesChartSpec, TimeRange } from "#lib/charts/spec";
import { classNames } from "#lib/format/class-names";
import { FlagLane } from "./flag-lane.tsx";
import { chartKeyAction } from "./series-keyboard.ts";
import { fullRangeOf, modelOf, type Panel } from "./series-model.ts";
import { SeriesTooltip } from "./series-tooltip.tsx";
import { moveCursor, useSeriesPlot } from "./use-series-plot.ts";

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

/** One time series plot on canvas with cursor, tooltip, zoom and keyboard reading. */
export function SeriesChart({ chart, panel = "values", range, onRangeChange, syncKey, isPending }: SeriesChartProps) {
  const container = useRef<HTMLDivElement>(null);
  const helpId = useId();
  const [cursor, setCursor] = useState<{ atMs: number; leftPx: number } | null>(null);
  const [isActive, setActive] = useState(false);
  const [layout, setLayout] = useState({ leftPx: 0, widthPx: 0 });
  const [spoken, setSpoken] = useState("");
  const model = useMemo(() => modelOf(chart, panel, range ?? fullRangeOf(chart)), [chart, panel, range]);

  const zoom = (next: TimeRange) => {
    if (next.toMs - next.fromMs >= RANGE_MS_MIN)
      onRangeChange?.({ fromMs: Math.round(next.fromMs), toMs: Math.round(next.toMs) });
  };
  const reset = () => onRangeChange?.(null);
  const plot = useSeriesPlot({
    container,
    model,
    syncKey,
    events: { onZoom: zoom, onReset: reset, onCursor: setCursor, onLayout: setLayout },
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const u = plot.current;
    if (!u || event.altKey || event.ctrlKey || event.metaKey) return;
    const instants = model.aligned.t.filter((atMs) => atMs >= model.range.fromMs && atMs <= model.range.toMs);
    const index = cursor ? nearestIndex(instants, cursor.atMs) : -1;
    const action = chartKeyAction(event.key, event.shiftKey, { instants, index, range: model.range });
    if (!action) return;
    event.preventDefault();
    if (action.kind === "zoom") zoom(action.range);
    else if (action.kind === "reset") reset();
    else if (action.kind === "clear") moveCursor(u, -10);
    else {
      const atMs = instants[action.index] ?? 0;
      moveCursor(u, u.valToPos(atMs, "x"));
      setSpoken(readingWords(readingAt(chart, atMs, model.withinMs)));
    }
  };
  const onBlur = () => {
    setActive(false);
    if (plot.current) moveCursor(plot.current, -10);
  };

  const reading = isActive && cursor ? readingAt(chart, cursor.atMs, model.withinMs) : null;
  return (
    <div
      role="application"
      aria-roledescription="chart"
      aria-label={chartSummary({ ...chart, series: model.series })}
      aria-describedby={helpId}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onFocus={() => setActive(true)}
      onBlur={onBlur}
      onPointerEnter={() => setActive(true)}
      onPointerLeave={(event) => setActive(event.pointerType === "touch")}
      className="relative rounded-sm outline-offset-2 focus-visible:outline-2 focus-visible:outline-focus"
    >
      <div
        ref={container}
        className={classNames(
          "w-full transition-opacity [&_.u-cursor-x]:border-r! [&_.u-cursor-x]:border-solid! [&_.u-cursor-x]:border-muted! [&_.u-select]:bg-accent/15!",
          panel === "values" ? "h-[230px] sm:h-[296px]" : "h-[130px] sm:h-[160px]",
          isPending && "opacity-60",
        )}
      />
      {reading && cursor && (
        <SeriesTooltip
          reading={reading}
          chart={chart}
          leftPx={layout.leftPx + cursor.leftPx}
          widthPx={container.current?.clientWidth ?? 0}
        />
      )}
      {panel === "values" && chart.flags.length > 0 && (
        <FlagLane flags={chart.flags} range={model.range} timeZone={chart.timeZone} {...layout} />
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

function OutsideNote({ count }: { count: number }) {
  const words = count === 1 ? "1 drawn point lies" : `${count.toLocaleString("en-US")} drawn points lie`;
  return <p className="pl-11 text-2xs text-muted">{words} far outside this axis; the table has them.</p>;
}
