import type { SummaryQueries } from "./sql/summary-sql.ts";

export type Row = Record<string, string | number | boolean | null>;

/** Whatever runs the summary's SQL. */
export interface SummaryEngine {
  /** Runs the setup, each step once. */
  prepare: (queries: SummaryQueries, onStep?: (name: string) => void) => Promise<void>;
  rows: (query: string) => Promise<Row[]>;
}
