import type { RowBatch } from "#lib/tables/row-batch";
import type { CleanedBatch, Cleaner } from "../core/dataset-kind.ts";

/** What the platform opens for a cleaning run; the run itself touches nothing else. */
export interface CleaningData {
  batches: AsyncIterable<RowBatch>;
  cleaner: Cleaner;
  /** Stores one cleaned batch: table, domain sink, rejects. */
  write: (batch: CleanedBatch) => Promise<void>;
  /** Share of the file read so far, 0 to 1. */
  fractionRead: () => number;
}
