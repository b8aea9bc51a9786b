import { openDuckDbSession, type SessionOptions } from "./duckdb-session.ts";
import type { ComputedSummary, ComputeSummary } from "./engine.ts";
import { summaryQueries } from "./sql/summary-sql.ts";

type DuckDbOptions = Omit<SessionOptions, "files"> & {
  /** Parquet files of cleaned records. */
  paths: readonly string[];
};

/** The summary in this process. */
export function onDuckDb({ paths, ...options }: DuckDbOptions): ComputeSummary {
  return async ({ settings, stopMinS }, { signal, onProgress }): Promise<ComputedSummary> => {
    const session = await openDuckDbSession({ ...options, files: { records: paths } });
    const stop = () => session.interrupt();
    signal.addEventListener("abort", stop);
    try {
      const { setup, tables } = summaryQueries("duckdb", settings, stopMinS);
      for (const [index, { name, query, isKept }] of setup.entries()) {
        signal.throwIfAborted();
        onProgress((0.7 * index) / setup.length, `Compute ${name.replaceAll("_", " ")}`);
        await session.run(`create temporary ${isKept ? "table" : "view"} ${name} as ${query}`);
      }
      signal.throwIfAborted();
      return { ...session, computedBy: `DuckDB ${session.version}`, tables };
    } catch (error) {
      session.close();
      throw error;
    } finally {
      signal.removeEventListener("abort", stop);
    }
  };
}
