import type { ReactNode } from "react";
import { StateShape } from "#components/ui/state-shape";
import { tableOf, type ChartTable } from "#lib/charts/chart-table";
import type { NoteSpec, ViewSpec } from "#lib/charts/spec";
import { classNames } from "#lib/format/class-names";
import { formatNumber } from "#lib/format/numbers";
import { Bars } from "./bars.tsx";
import { ChartFigure } from "./chart-figure.tsx";
import { DataTable } from "./data-table.tsx";
import { Heatmap } from "./heatmap.tsx";
import { Histogram } from "./histogram.tsx";
import { Metrics } from "./metrics.tsx";
import { SeriesFigure } from "./series-figure.tsx";
import { Tornado } from "./tornado.tsx";
import { RegionFigure } from "#components/maps/regions/region-figure";

export interface ViewRendererProps {
  views: readonly ViewSpec[];
  /** The source line under every figure. */
  source?: ReactNode;
}

const NOTE_WASH: Record<NonNullable<NoteSpec["tone"]>, string> = {
  good: "bg-good-wash",
  suspect: "bg-suspect-wash",
  fault: "bg-fault-wash",
  silent: "bg-silent-wash",
  info: "bg-info-wash",
};

function Note({ note }: { note: NoteSpec }) {
  const tone = note.tone ?? "info";
  return (
    <div className={classNames("flex gap-2.5 rounded-md px-3 py-2.5 text-sm", NOTE_WASH[tone])}>
      <span className="pt-1">
        <StateShape shape={tone} sizePx={14} />
      </span>
      <p>
        {note.title ? <b className="font-bold">{note.title} </b> : null}
        {note.text}
      </p>
    </div>
  );
}

const EMPTY: ChartTable = { columns: [], rows: [] };

function View({ view, source }: { view: ViewSpec; source: ReactNode }) {
  const table = tableOf(view) ?? EMPTY;
  switch (view.kind) {
    case "metrics":
      return <Metrics metrics={view.metrics} />;
    case "note":
      return <Note note={view.note} />;
    case "series":
      return <SeriesFigure chart={view.chart} source={source} />;
    case "table":
      return <TableFigure view={view} source={source} />;
    case "bars": {
      const { title, caption, unit, bars, highlight } = view.bars;
      const name = `${title}: ${bars.map(({ label, value }) => `${label} ${formatNumber(value)}`).join(", ")}`;
      return (
        <ChartFigure title={title} caption={captionOf(unit, caption)} table={table} source={source}>
          <Bars name={name} bars={bars} highlight={highlight} heightPx={110} />
        </ChartFigure>
      );
    }
    case "histogram": {
      const { title, caption, unit } = view.histogram;
      return (
        <ChartFigure title={title} caption={captionOf(unit, caption)} table={table} source={source}>
          <Histogram histogram={view.histogram} />
        </ChartFigure>
      );
    }
    case "tornado": {
      const { title, caption, unit } = view.tornado;
      return (
        <ChartFigure title={title} caption={captionOf(unit, caption)} table={table} source={source}>
          <Tornado tornado={view.tornado} />
        </ChartFigure>
      );
    }
    case "regions":
      return (
        <ChartFigure title={view.regions.title} caption={view.regions.caption} table={table} source={source} noPng>
          <RegionFigure regions={view.regions} />
        </ChartFigure>
      );
    case "heatmap": {
      const { title, caption, unit } = view.heatmap;
      return (
        <ChartFigure title={title} caption={captionOf(unit, caption)} table={table} source={source}>
          <Heatmap heatmap={view.heatmap} />
        </ChartFigure>
      );
    }
  }
}

function captionOf(unit: string, caption: string | undefined): string {
  return [unit, caption].filter(Boolean).join(", ");
}

/** A table is its own alternative: only CSV and source stand under it. */
function TableFigure({ view, source }: { view: Extract<ViewSpec, { kind: "table" }>; source: ReactNode }) {
  const { title, caption, columns, rows } = view.table;
  return (
    <ChartFigure title={title} caption={caption} table={{ columns, rows }} source={source} isTableOnly>
      <DataTable name={title} table={{ columns, rows }} />
    </ChartFigure>
  );
}

/** Draws what an algorithm's `view` returned, in its order, divided by hairlines. */
export function ViewRenderer({ views, source }: ViewRendererProps) {
  return (
    <div className="divide-y divide-line">
      {views.map((view, index) => (
        <div key={index} className="py-4 first:pt-0 last:pb-0">
          <View view={view} source={source} />
        </div>
      ))}
    </div>
  );
}
