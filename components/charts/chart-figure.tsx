"use client";

import { useId, useRef, useState, type ReactNode } from "react";
import type { ChartTable } from "#lib/charts/chart-table";
import { DataTable, TABLE_ROWS_MAX } from "./data-table.tsx";
import { downloadCsv, fileNameOf } from "./download-csv.ts";
import { downloadPng } from "./download-png.ts";

export interface ChartFigureProps {
  title: string;
  /** Unit and how values came about, small beside the title: "µg/m³, 15 min means". */
  caption?: string;
  legend?: ReactNode;
  /** Buttons at the right of the title. */
  actions?: ReactNode;
  /** The table behind the figure; a function is called only when it is looked at, for no more rows than are shown. */
  table: ChartTable | ((rowsMax?: number) => ChartTable);
  /** What a row of the table is, in the plural; default "rows". */
  rowNoun?: string;
  /** Full data from the server; without it the CSV holds what the figure draws. */
  csvHref?: string;
  /** Algorithm and version · run · dataset · age. */
  source?: ReactNode;
  /** The figure is a table already: no switch. */
  isTableOnly?: boolean;
  /** What it shows is larger than its frame (a map), so that a picture of it would not be what is seen. */
  noPng?: boolean;
  /** Heading level of the title, default 3. */
  level?: 2 | 3 | 4;
  children: ReactNode;
}

const ACTION =
  "inline-flex min-h-9 items-center text-2xs text-muted underline decoration-line-strong underline-offset-3 hover:text-accent sm:min-h-0";

/** A figure with title, unit, legend, its table alternative, CSV and source line. */
export function ChartFigure(props: ChartFigureProps) {
  const { title, caption, legend, actions, table, rowNoun, csvHref, source, isTableOnly, level = 3, children } = props;
  const [isTable, setTable] = useState(false);
  const titleId = useId();
  const drawn = useRef<HTMLDivElement>(null);
  const Heading = `h${level}` as const;
  const tableNow = (rowsMax?: number) => (typeof table === "function" ? table(rowsMax) : table);
  return (
    <figure aria-labelledby={titleId} className="min-w-0">
      <div ref={drawn}>
        <div className="mb-1 flex flex-wrap items-baseline gap-x-2.5 gap-y-1">
          <Heading id={titleId} className="text-sm font-bold">
            {title}
          </Heading>
          {caption ? <span className="cap">{caption}</span> : null}
          {legend ? <div className="sm:ml-auto">{legend}</div> : null}
          {actions ? <div className={legend ? "flex gap-2" : "ml-auto flex gap-2"}>{actions}</div> : null}
        </div>
        {isTable ? <DataTable name={title} table={tableNow(TABLE_ROWS_MAX)} rowNoun={rowNoun} /> : children}
      </div>
      <div className="mt-2 flex flex-wrap items-center gap-x-2.5 gap-y-0.5 text-2xs leading-[18px] text-muted">
        {source}
        <span className="ml-auto flex gap-3">
          {isTableOnly ? null : (
            <button type="button" className={ACTION} onClick={() => setTable(!isTable)}>
              {isTable ? "View as chart" : "View as table"}
            </button>
          )}
          {isTableOnly || isTable || props.noPng ? null : (
            <button
              type="button"
              className={ACTION}
              onClick={() => drawn.current && void downloadPng(drawn.current, fileNameOf(title, "png"))}
            >
              PNG
            </button>
          )}
          {csvHref ? (
            <a href={csvHref} download className={ACTION}>
              CSV
            </a>
          ) : (
            <button
              type="button"
              className={ACTION}
              onClick={() => void downloadCsv(tableNow(), fileNameOf(title, "csv"))}
            >
              {rowNoun === "drawn points" ? "CSV of drawn points" : "CSV"}
            </button>
          )}
        </span>
      </div>
    </figure>
  );
}
