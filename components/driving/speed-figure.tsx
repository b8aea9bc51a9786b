"use client";

import { useMemo, useState, type ReactNode } from "react";
import { SeriesFigure } from "#components/charts/series-figure";
import { SegmentedControl } from "#components/ui/segmented";
import { mergePoints, speedChart, type ChartedPoint } from "#lib/driving/board/core/speed-chart";
import { useSpeedHistory } from "./use-speed-history.ts";

const SPANS = [
  { value: "30", label: "30 s" },
  { value: "60", label: "1 min" },
  { value: "300", label: "5 min" },
  { value: "1800", label: "30 min" },
  { value: "3600", label: "1 h" },
  { value: "43200", label: "12 h" },
] as const;
type Span = (typeof SPANS)[number]["value"];
const NO_POINTS: readonly ChartedPoint[] = [];

interface SpeedFigureProps {
  driver: string;
  /** Right edge: the newest record by the vehicle's clock. */
  endMs: number;
  gapS: number;
  /** What came live; `liveKey` changes with it, because the list grows in place. */
  live?: readonly ChartedPoint[];
  liveKey?: string;
  startSpan?: Span;
  source?: ReactNode;
  actions?: ReactNode;
}

/** A driver's speed up to the newest record, over a chosen span from 30 s to 12 h. */
export function SpeedFigure(props: SpeedFigureProps) {
  const { driver, endMs, gapS, live = NO_POINTS, liveKey = "", startSpan = "300", source, actions } = props;
  const [span, setSpan] = useState<Span>(startSpan);
  const spanMs = Number(span) * 1000;
  const stored = useSpeedHistory({ driver, endMs, spanMs });
  const chart = useMemo(() => {
    const range = { fromMs: endMs - spanMs, toMs: endMs };
    const points = mergePoints(stored.data ?? [], live).filter(
      ({ atMs }) => atMs >= range.fromMs - gapS * 1000 && atMs <= endMs,
    );
    return speedChart({ title: `Speed of ${driver}`, points, range, gapS });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- liveKey stands for the list that grows in place
  }, [stored.data, driver, endMs, liveKey, spanMs, gapS]);
  return (
    <SeriesFigure
      chart={chart}
      level={2}
      isPending={stored.isLoading}
      source={
        <span>
          {source}
          {stored.error ? ` Older records could not be read: ${stored.error.message}` : ""}
        </span>
      }
      actions={
        <span className="flex flex-wrap items-center gap-2">
          <SegmentedControl label="Span" segments={SPANS} value={span} onChange={setSpan} />
          {actions}
        </span>
      }
    />
  );
}
