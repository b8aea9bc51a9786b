"use client";

import { useEffect, useId, useRef, useState, type ReactNode } from "react";
import { tableOfSeries } from "#lib/charts/chart-table";
import { drawnWords } from "#lib/charts/chart-words";
import type { SeriesChartSpec, TimeRange } from "#lib/charts/spec";
import { ChartFigure } from "./chart-figure.tsx";
import { ChartLegend } from "./chart-legend.tsx";
import { SeriesChart } from "./series-chart.tsx";

export interface SeriesFigureProps {
  chart: SeriesChartSpec;
  /**
   * Asked for finer data of a zoomed range, shortly after the last change; null = the whole range. The parent answers
   * with a new `chart` whose `xRange` is that range.
   */
  onRangeChange?: (range: TimeRange | null) => void;
  /** True while those data are on their way. */
  isPending?: boolean;
  /** True when `chart` itself is a zoomed part, so that Reset is offered. */
  isZoomed?: boolean;
  /** Charts of a page with the same key share one cursor. */
  syncKey?: string;
  csvHref?: string;
  source?: ReactNode;
  actions?: ReactNode;
  level?: 2 | 3 | 4;
}

const REFETCH_DELAY_MS = 200;

/** Calls `callback` once the calls to it have paused; a wheel turns many times a second. */
function useSettled(callback: ((range: TimeRange | null) => void) | undefined) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (range: TimeRange | null) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => callback?.(range), REFETCH_DELAY_MS);
  };
}

function ResetButton({ onClick }: { onClick: () => void }) {
  return (
    <button type="button" onClick={onClick} className="link-bare text-xs max-sm:py-2">
      Reset zoom
    </button>
  );
}

function ResidualHeading({ chart }: { chart: SeriesChartSpec }) {
  return (
    <p className="mt-3 mb-0.5 flex flex-wrap items-baseline gap-x-2.5">
      <span className="text-sm font-bold">Residual</span>
      <span className="cap">
        sensor minus reference, {chart.unit}
        {chart.band ? `; band: ${chart.band.label}` : ""}
      </span>
    </p>
  );
}

/** A series chart as a whole figure: legend, flags, residual panel under the same cursor, zoom, table and source. */
export function SeriesFigure(props: SeriesFigureProps) {
  const { chart, onRangeChange, isPending, isZoomed, csvHref, source, actions, level } = props;
  const ownKey = useId();
  const syncKey = props.syncKey ?? ownKey;
  const settled = useSettled(onRangeChange);
  // The zoom belongs to the chart it was made on: new data bring their own range.
  const [zoom, setZoom] = useState<{ chart: SeriesChartSpec; range: TimeRange } | null>(null);
  const range = zoom?.chart === chart ? zoom.range : undefined;
  const changeRange = (next: TimeRange | null) => {
    setZoom(next && { chart, range: next });
    settled(next);
  };
  const hasResidual = chart.series.some(({ kind }) => kind === "residual");
  const hasValues = chart.series.some(({ kind }) => kind !== "residual");
  const shared = { chart, range, onRangeChange: changeRange, syncKey, isPending };
  return (
    <ChartFigure
      title={chart.title}
      caption={[chart.unit, chart.caption].filter(Boolean).join(", ")}
      legend={<ChartLegend series={chart.series} />}
      actions={
        range || isZoomed || actions ? (
          <>
            {(range || isZoomed) && <ResetButton onClick={() => changeRange(null)} />}
            {actions}
          </>
        ) : undefined
      }
      table={(rowsMax) => tableOfSeries(chart, rowsMax)}
      rowNoun={chart.drawn?.pairs ? "drawn points" : "points"}
      csvHref={csvHref}
      level={level}
      source={
        <>
          {chart.drawn ? <span>{drawnWords(chart.drawn)}</span> : null}
          {chart.drawn && source ? <span aria-hidden="true">·</span> : null}
          {source}
        </>
      }
    >
      {hasValues && <SeriesChart {...shared} />}
      {hasResidual && (
        <>
          <ResidualHeading chart={chart} />
          <SeriesChart {...shared} panel="residual" />
        </>
      )}
    </ChartFigure>
  );
}
