import { useState } from "react";
import useSWR from "swr";
import { InlineSelect } from "#components/ui/inline-select";
import { Skeleton, SkeletonGroup } from "#components/ui/skeleton";
import { StaleNote } from "#components/ui/stale-note";
import { SeriesFigure } from "#components/charts/series-figure";
import { XyFigure } from "#components/charts/xy-figure";
import { entryChart, type EntryChart } from "#lib/datasets/archive/schema";
import { apiFetch } from "#lib/http/client";
import { entryApi, FIXED } from "./archive-files.ts";
import { axisChoices, seriesSpecOf, ROW_AXIS } from "./entry-chart-spec.ts";
import type { EntryTableProps } from "./entry-table.tsx";

/** Two columns of a table as a chart; over time where the column holds times. */
export function EntryChartView({ artifactId, path, table }: EntryTableProps) {
  const choices = axisChoices(table);
  const [x, setX] = useState(choices.x);
  const [y, setY] = useState(choices.y);
  const address = entryApi(artifactId, "chart", { path, y, ...(x === ROW_AXIS ? {} : { x }) });
  const { data, error } = useSWR<EntryChart, Error>(address, (at: string) => apiFetch(at, { response: entryChart }), {
    ...FIXED,
    shouldRetryOnError: false,
  });
  return (
    <>
      <div className="mb-2.5 flex flex-wrap gap-x-4 gap-y-2">
        <InlineSelect label="x" options={choices.xs} value={x} onChange={setX} />
        <InlineSelect label="y" options={choices.ys} value={y} onChange={setY} />
      </div>
      {error ? <StaleNote>{error.message}</StaleNote> : null}
      {data ? <Drawn chart={data} x={x} y={y} path={path} /> : null}
      {!data && !error ? (
        <SkeletonGroup label={`Reading ${path}`}>
          <Skeleton height="296px" />
        </SkeletonGroup>
      ) : null}
    </>
  );
}

function Drawn({ chart, x, y, path }: { chart: EntryChart; x: string; y: string; path: string }) {
  if (chart.rowCount === 0) {
    return <p className="text-sm text-muted">No row has a value in both columns. Choose others.</p>;
  }
  const source = (
    <span>
      {path}
      {chart.isCut ? ", its beginning; the download has all of it" : ""}
    </span>
  );
  if (chart.xKind === "time") return <SeriesFigure chart={seriesSpecOf(chart, y)} source={source} level={4} />;
  const xLabel = chart.xKind === "row" ? "row" : x;
  return <XyFigure {...{ ...chart.points, xLabel, yLabel: y, source }} rowCount={chart.rowCount} pairs={chart.pairs} />;
}
