import { onDuckDb } from "#lib/driving/summary/compute-on-duckdb";
import type { ComputedSummary, SummaryRequest } from "#lib/driving/summary/engine";

/** The summary on DuckDB as a run of the portal has it. */
export function computeOnDuckDb(paths: readonly string[], request: SummaryRequest): Promise<ComputedSummary> {
  return onDuckDb({ paths, memoryLimitMb: 1024 })(request, {
    signal: new AbortController().signal,
    onProgress: () => undefined,
    log: () => undefined,
    onMemory: () => undefined,
  });
}
