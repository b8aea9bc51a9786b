import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { RunFailure } from "#lib/runs/run-failure";
import type { SparkInput, SparkPlace } from "#lib/spark/place";
import { openDuckDbSession, type SessionOptions } from "./duckdb-session.ts";
import type { ComputedSummary, ComputeSummary } from "./engine.ts";
import { summaryQueries, type SummaryTable } from "./sql/summary-sql.ts";

const SCRIPT = fileURLToPath(new URL("spark/summarise.py", import.meta.url));
/** Of compressed records, about three million: what one task sorts well. */
const PARTITION_BYTES = 32_000_000;
const PARTITIONS_MIN = 2;
const PARTITIONS_MAX = 2_000;

export interface SparkOptions {
  place: SparkPlace;
  run: { runId: string; workspaceId: string; timeoutS: number };
  inputs: readonly SparkInput[];
  inputBytes: number;
  /** Private to the run. */
  folder: string;
  session: Omit<SessionOptions, "files">;
}

/** The summary on Spark: the same SQL over the same files; DuckDB then reads the tables that came out. */
export function onSpark({ place, run, inputs, inputBytes, folder, session }: SparkOptions): ComputeSummary {
  return async ({ settings, stopMinS }, { signal, onProgress, log, onMemory }): Promise<ComputedSummary> => {
    const { setup, tables } = summaryQueries("spark", settings, stopMinS);
    let fraction = 0;
    const watch = { signal, log, onMemory, onStep: (step: string) => onProgress((fraction += 0.1), step) };
    await place.run(
      {
        ...{ ...run, inputs, folder, script: SCRIPT },
        request: ({ inputs: records, output, kept }) => ({
          ...{ records, setup, tables, output, kept, partitions: partitionsFor(inputBytes) },
        }),
      },
      watch,
    );
    const files = await tableFiles(join(folder, "output"), Object.keys(tables));
    const reading = await openDuckDbSession({ ...session, files });
    const [about] = await reading.rows("select * from about");
    return {
      ...reading,
      computedBy: `Spark ${about?.["spark_version"]} on ${place.title}`,
      tables: Object.fromEntries(Object.keys(tables).map((name) => [name, `select * from "${name}"`])) as Record<
        SummaryTable,
        string
      >,
    };
  };
}

/** More partitions than these are only overhead; Spark itself joins small ones. */
export function partitionsFor(inputBytes: number): number {
  return Math.min(PARTITIONS_MAX, Math.max(PARTITIONS_MIN, Math.ceil(inputBytes / PARTITION_BYTES)));
}

async function tableFiles(output: string, tables: readonly string[]): Promise<Record<string, string[]>> {
  const files: Record<string, string[]> = {};
  for (const table of [...tables, "about"]) {
    const names = await readdir(join(output, table)).catch(() => []);
    const paths = names.filter((name) => name.endsWith(".parquet")).map((name) => join(output, table, name));
    if (paths.length === 0) throw new RunFailure("missing_output", `Spark wrote no table ${table}.`);
    files[table] = paths;
  }
  return files;
}
