import { version } from "@duckdb/node-api";
import { openDuckDb, quoteText } from "#lib/tables/duckdb";
import type { ComputedSummary, Row } from "./engine.ts";

export interface SessionOptions {
  /** Views by name, each over Parquet files. */
  files: Readonly<Record<string, readonly string[]>>;
  memoryLimitMb?: number;
  threads?: number;
  /** Where rows go that do not fit in memory, and how much of it may be used. */
  tempDir?: string;
  tempMb?: number;
}

/** DuckDB over Parquet files, for the reading and writing of summaries. */
export interface DuckDbSession extends Pick<ComputedSummary, "rows" | "copy" | "stream" | "close"> {
  /** Such as "v1.5.6". */
  version: string;
  run: (statement: string) => Promise<void>;
  /** Ends the statement that runs now. */
  interrupt: () => void;
}

export async function openDuckDbSession(options: SessionOptions): Promise<DuckDbSession> {
  const database = await openDuckDb({ memoryLimitMb: options.memoryLimitMb, threads: options.threads });
  const { connection } = database;
  // Every query orders its own rows; keeping those of the file as well would hold all of them.
  await connection.run("set preserve_insertion_order = false");
  if (options.tempDir !== undefined) await connection.run(`set temp_directory = ${quoteText(options.tempDir)}`);
  if (options.tempMb !== undefined) await connection.run(`set max_temp_directory_size = '${options.tempMb}MB'`);
  for (const [view, paths] of Object.entries(options.files)) {
    const list = paths.map(quoteText).join(", ");
    await connection.run(`create temporary view "${view}" as select * from read_parquet([${list}])`);
  }
  const run = async (statement: string) => {
    await connection.run(statement);
  };
  return {
    version: version(),
    run,
    rows: async (query) => {
      const reader = await connection.runAndReadAll(query);
      return reader.getRowObjects().map(mapValues);
    },
    copy: (query, path, format) => {
      const how = format === "csv" ? "format csv, header" : "format parquet, compression zstd";
      return run(`copy (${query}) to ${quoteText(path)} (${how})`);
    },
    stream: async function* (query) {
      const result = await connection.stream(query);
      for await (const rows of result.yieldRowObjects()) yield rows.map(mapValues);
    },
    interrupt: () => connection.interrupt(),
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
