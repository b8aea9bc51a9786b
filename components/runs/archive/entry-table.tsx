"use client";

import { useState } from "react";
import { SegmentedControl } from "#components/ui/segmented";
import type { EntryPreview } from "#lib/datasets/archive/schema";
import { EntryChartView } from "./entry-chart.tsx";
import { TablePages } from "./table-pages.tsx";

export type TablePreview = Extract<EntryPreview, { kind: "table" }>;

export interface EntryTableProps {
  artifactId: string;
  path: string;
  table: TablePreview;
}

/** A table of a zip: its rows as they are written, or two of its columns as a chart. */
export function EntryTable({ artifactId, path, table }: EntryTableProps) {
  const [look, setLook] = useState<"table" | "chart">("table");
  if (!table.kinds.includes("number")) return <TablePages artifactId={artifactId} path={path} table={table} />;
  return (
    <>
      <div className="mb-2">
        <SegmentedControl
          label="Show as"
          value={look}
          onChange={setLook}
          segments={[
            { value: "table", label: "Table" },
            { value: "chart", label: "Chart" },
          ]}
        />
      </div>
      {look === "table" ? (
        <TablePages artifactId={artifactId} path={path} table={table} />
      ) : (
        <EntryChartView artifactId={artifactId} path={path} table={table} />
      )}
    </>
  );
}
