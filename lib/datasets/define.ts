import type { PoolClient } from "pg";
import type { Ctx } from "#lib/auth/context";
import type { ColumnValues } from "#lib/tables/column";

export interface SinkOutcome {
  stored: number;
  /** Rows an earlier dataset brought already; they are not stored again. */
  alreadyStored: number;
  notes: string[];
}

/** Where kept rows of a kind go besides the Parquet table: domain tables that maps and charts read. */
export interface RowSink {
  /** Takes one batch of kept rows in file order; columns in the order of the kind's `parquetColumns`. */
  push: (columns: readonly ColumnValues[], rowCount: number) => Promise<void>;
  /** Makes everything pushed part of the run's transaction. Nothing is visible before that commits. */
  commit: (dataset: { id: string; no: number }) => Promise<SinkOutcome>;
}

export type OpenSink = (ctx: Ctx, client: PoolClient) => Promise<RowSink>;
