import { openDuckDb, quoteText } from "#lib/tables/duckdb";
import type { SummaryQueries } from "./sql/summary-sql.ts";

export type Row = Record<string, string | number | boolean | null>;

export interface SummaryEngine {
  /** Runs the setup, each step once. */
  prepare: (queries: SummaryQueries, onStep?: (name: string) => void) => Promise<void>;
  rows: (query: string) => Promise<Row[]>;
  /** Runs a statement that returns nothing. */
  run: (statement: string) => Promise<void>;
  close: () => void;
}

export interface EngineOptions {
  /** Parquet files of cleaned records. */
  paths: readonly string[];
  memoryLimitMb?: number;
  threads?: number;
  /** Where rows go that do not fit in memory, and how much of it may be used. */
  tempDir?: string;
  tempMb?: number;
}

/** DuckDB over Parquet files of records. */
export async function openDuckDbEngine(options: EngineOptions): Promise<SummaryEngine> {
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
      return reader.getRowObjects().map((row) => mapValues(row));
    },
    run,
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
