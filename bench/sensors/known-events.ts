import { existsSync } from "node:fs";
import { join } from "node:path";
import { columnIndex, readCsv } from "./csv-table.ts";
import type { LabelledSeries } from "./labelled-series.ts";

export interface KnownEvent {
  kind: string;
  start: number;
  /** One past its last row. */
  end: number;
}

/** The injected faults of a series, from `faultbench/events.csv`; none where the folder has no such file. */
export function readKnownEvents(dataDir: string): (series: LabelledSeries) => KnownEvent[] {
  const path = join(dataDir, "faultbench", "events.csv");
  if (!existsSync(path)) return () => [];
  const table = readCsv(path);
  const at = (row: string[], column: string) => row[columnIndex(table, column)] ?? "";
  const bare = (name: string) => name.replace(/^(hobo|soil)_/, "").replace(/_(temp|light|soil)$/, "");
  return (series) =>
    table.rows
      .filter((row) => bare(at(row, "series")) === bare(series.name) && at(row, "variable") === series.variable)
      .map((row) => ({ kind: at(row, "kind"), ...rowsOf(series.times, at(row, "start"), at(row, "end")) }));
}

function rowsOf(times: Float64Array, start: string, end: string): { start: number; end: number } {
  const [from, to] = [Date.parse(`${start}Z`), Date.parse(`${end}Z`)];
  return { start: times.findIndex((time) => time >= from), end: times.findLastIndex((time) => time <= to) + 1 };
}
