"use client";

import { useMemo } from "react";
import useSWR from "swr";
import { SeriesFigure } from "#components/charts/series-figure";
import { Button } from "#components/ui/button";
import { Checkbox } from "#components/ui/choice";
import { EmptyState } from "#components/ui/empty-state";
import { ErrorState } from "#components/ui/error-state";
import { SegmentedControl } from "#components/ui/segmented";
import { Skeleton, SkeletonGroup } from "#components/ui/skeleton";
import { StaleNote } from "#components/ui/stale-note";
import type { SeriesChartSpec, TimeRange } from "#lib/charts/spec";
import { formatDate, formatTime, formatZone } from "#lib/format/dates";
import { seriesAnswer, type SeriesAnswer, type SensorDetail } from "#lib/sensors/schema";
import { RequestError, requestJson } from "./api.ts";
import { chosenRange, RANGES, seriesQueryOf } from "#lib/sensors/pages/range";
import { SeriesSource } from "./series-source.tsx";
import { useUrl } from "./use-url.ts";

interface SeriesPanelProps {
  sensor: SensorDetail;
  property: string;
  timeZone: string;
  now: string;
  /** What the server has read already, and for which query. */
  first: { query: string; answer: SeriesAnswer } | null;
}

/** Range buttons, overlays and the chart of one quantity; the visible range is in the URL and finer data follow zoom. */
export function SeriesPanel({ sensor, property, timeZone, now, first }: SeriesPanelProps) {
  const { params, push, replace } = useUrl();
  const stream = sensor.datastreams.find(({ observedProperty }) => observedProperty === property);
  const range = chosenRange(params, stream ?? { firstObservedAt: null, lastObservedAt: null });
  const query = seriesQueryOf(property, range);
  const { data, error, isValidating, mutate } = useSWR<SeriesAnswer, Error>(
    `/api/v1/sensors/${sensor.id}/series?${query}`,
    (url: string) => requestJson(url, seriesAnswer),
    {
      keepPreviousData: true,
      revalidateOnFocus: false,
      ...(first?.query === query ? { fallbackData: first.answer, revalidateOnMount: false } : {}),
    },
  );
  const hidden = { reference: params.get("reference") === "off", flags: params.get("flags") === "off" };
  const chart = useMemo(
    () => data && shownChart(data.chart, { reference: hidden.reference, flags: hidden.flags }),
    [data, hidden.reference, hidden.flags],
  );
  const zoom = (next: TimeRange | null) =>
    replace(
      next
        ? { from: new Date(next.fromMs).toISOString(), to: new Date(next.toMs).toISOString() }
        : { from: null, to: null },
    );
  const toggle = (key: "reference" | "flags") => push({ [key]: hidden[key] ? null : "off" });
  const retry = (
    <Button size="sm" onClick={() => void mutate()}>
      Try again
    </Button>
  );
  return (
    <>
      <div className="mb-3.5 flex flex-wrap items-center gap-x-3.5 gap-y-2">
        <SegmentedControl
          label="Time range"
          segments={RANGES.map(({ id, label }) => ({ value: id, label }))}
          value={range.id ?? ""}
          onChange={(id) => push({ range: id, from: null, to: null })}
        />
        {chart?.xRange ? <span className="text-xs text-muted">{rangeWords(chart.xRange, timeZone, now)}</span> : null}
        <span className="flex-1 max-md:hidden" />
        {data?.reference ? (
          <Checkbox label="Reference" checked={!hidden.reference} onChange={() => toggle("reference")} />
        ) : null}
        <Checkbox label="Flags" checked={!hidden.flags} onChange={() => toggle("flags")} />
      </div>
      {error && data ? (
        <StaleNote action={retry}>The newest data could not be read; this is what was shown before.</StaleNote>
      ) : null}
      {chart && data ? (
        data.extent === null || chart.series.every(({ points }) => points.t.length === 0) ? (
          <EmptyRange hasData={data.extent !== null} onAll={() => push({ range: "all", from: null, to: null })} />
        ) : (
          <SeriesFigure
            chart={chart}
            level={2}
            onRangeChange={zoom}
            isPending={isValidating && !error}
            isZoomed={range.id === null}
            csvHref={csvHref(sensor.id, property, range)}
            source={
              <SeriesSource sensor={sensor} sources={data.sources} posts={data.posts} timeZone={timeZone} now={now} />
            }
          />
        )
      ) : error ? (
        <ErrorState
          title="The series could not be read"
          actions={retry}
          {...(error instanceof RequestError && error.requestId ? { requestId: error.requestId } : {})}
        >
          {error.message}
        </ErrorState>
      ) : (
        <SkeletonGroup label="Reading the observations">
          <Skeleton width="30%" />
          <Skeleton height="296px" />
        </SkeletonGroup>
      )}
    </>
  );
}

/** Without reference there is no residual either. */
function shownChart(chart: SeriesChartSpec, hidden: { reference: boolean; flags: boolean }): SeriesChartSpec {
  return {
    ...chart,
    series: hidden.reference ? chart.series.filter(({ kind }) => kind === "observed") : chart.series,
    flags: hidden.flags ? [] : chart.flags,
  };
}

function rangeWords({ fromMs, toMs }: TimeRange, timeZone: string, now: string): string {
  const words = (atMs: number) => `${formatDate(atMs, { timeZone, now })} ${formatTime(atMs, { timeZone })}`;
  return `${words(fromMs)} to ${words(toMs)} ${formatZone(toMs, timeZone)}`;
}

function csvHref(sensorId: string, property: string, { from, to }: { from: string | null; to: string | null }): string {
  const query = new URLSearchParams({ property });
  if (from) query.set("from", from);
  if (to) query.set("to", to);
  return `/api/v1/sensors/${sensorId}/observations?${query.toString()}`;
}

function EmptyRange({ hasData, onAll }: { hasData: boolean; onAll: () => void }) {
  if (!hasData)
    return (
      <EmptyState title="No observations of this quantity">
        They appear here when a file of readings has been cleaned.
      </EmptyState>
    );
  return (
    <EmptyState
      title="No observations in this range"
      illustration={null}
      actions={<Button onClick={onAll}>Show all</Button>}
    >
      The sensor has observations at other times.
    </EmptyState>
  );
}
