import { openDuckDb, quoteText } from "#lib/tables/duckdb";
import type { Row, SummaryEngine } from "./engine.ts";

export interface EngineOptions {
  /** Parquet files of cleaned records. */
  paths: readonly string[];
  memoryLimitMb?: number;
  threads?: number;
  /** Where rows go that do not fit in memory, and how much of it may be used. */
  tempDir?: string;
  tempMb?: number;
}

/** What only DuckDB does: files of a run. */
export interface DuckDbEngine extends SummaryEngine {
  run: (statement: string) => Promise<void>;
  copy: (query: string, path: string, format: "csv" | "parquet") => Promise<void>;
  /** Rows in pieces, so that any number fits. */
  stream: (query: string) => AsyncIterable<Row[]>;
  close: () => void;
}

/** DuckDB over Parquet files of records. */
export async function openDuckDbEngine(options: EngineOptions): Promise<DuckDbEngine> {
  const database = await openDuckDb({ memoryLimitMb: options.memoryLimitMb, threads: options.threads });
  const { connection } = database;
  // Every query orders its own rows; keeping those of the file as well would hold all of them.
  await connection.run("set preserve_insertion_order = false");
  if (options.tempDir !== undefined) await connection.run(`set temp_directory = ${quoteText(options.tempDir)}`);
  if (options.tempMb !== undefined) await connection.run(`set max_temp_directory_size = '${options.tempMb}MB'`);
  const list = options.paths.map(quoteText).join(", ");
  await connection.run(`create temporary view records as select * from read_parquet([${list}])`);
  const run = async (statement: string) => {
    await connection.run(statement);
  };
  return {
    prepare: async ({ setup }, onStep) => {
      for (const { name, sql } of setup) {
        onStep?.(name);
        await run(sql);
      }
    },
    rows: async (query) => {
      const reader = await connection.runAndReadAll(query);
      return reader.getRowObjects().map(mapValues);
    },
    run,
    copy: (query, path, format) => {
      const how = format === "csv" ? "format csv, header" : "format parquet, compression zstd";
      return run(`copy (${query}) to ${quoteText(path)} (${how})`);
    },
    stream: async function* (query) {
      const result = await connection.stream(query);
      for await (const rows of result.yieldRowObjects()) yield rows.map(mapValues);
    },
    close: () => database.close(),
  };
}

function mapValues(row: Record<string, unknown>): Row {
  const entries = Object.entries(row).map(([name, value]) => [name, plain(value)] as const);
  return Object.fromEntries(entries);
}

function plain(value: unknown): Row[string] {
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "number" || typeof value === "string" || typeof value === "boolean") return value;
  if (value === null || value === undefined) return null;
  throw new TypeError(`A summary column holds ${typeof value}, which has no plain value.`);
}
