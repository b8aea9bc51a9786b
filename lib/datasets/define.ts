import type { PoolClient } from "pg";
import type { Ctx } from "#lib/auth/context";

/** Where kept rows of a kind go besides the Parquet table: domain tables that maps and charts read. */
export interface RowSink {
  /** Takes one columnar batch of kept rows; called in file order. */
  push: (batch: Readonly<Record<string, ArrayLike<unknown>>>, rowCount: number) => Promise<void>;
  /**
   * Makes everything pushed visible inside the open transaction. `alreadyStored` counts rows an earlier dataset
   * brought; they are not stored again.
   */
  commit: (datasetNo: number) => Promise<{ stored: number; alreadyStored: number; notes: string[] }>;
}

export type OpenSink = (ctx: Ctx, client: PoolClient, dataset: { id: string; uploadId: string }) => Promise<RowSink>;
