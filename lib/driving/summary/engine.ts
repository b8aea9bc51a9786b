import type { RunTools } from "#lib/algorithms/define";
import type { SummaryTable } from "./sql/summary-sql.ts";
import type { SummarySettings } from "./sql/tracks.ts";

export type Row = Record<string, string | number | boolean | null>;

export const ENGINES = ["duckdb", "spark"] as const;

export interface SummaryRequest {
  settings: SummarySettings;
  stopMinS: number;
}

/** A computed summary, to be read. Whoever computed it, DuckDB reads its tables, so that files are the same. */
export interface ComputedSummary {
  /** Such as "Spark 4.0.1 on EMR Serverless". */
  computedBy: string;
  /** A query for the rows of each table, in no order. */
  tables: Record<SummaryTable, string>;
  rows: (query: string) => Promise<Row[]>;
  copy: (query: string, path: string, format: "csv" | "parquet") => Promise<void>;
  /** Rows in pieces, so that any number fits. */
  stream: (query: string) => AsyncIterable<Row[]>;
  close: () => void;
}

/** Computes every table of a summary, or fails as the engine does. */
export type ComputeSummary = (
  request: SummaryRequest,
  tools: Pick<RunTools, "signal" | "onProgress" | "log" | "onMemory">,
) => Promise<ComputedSummary>;
