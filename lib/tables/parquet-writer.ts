import { rm, stat } from "node:fs/promises";
import { DuckDBDataChunk } from "@duckdb/node-api";
import { openDuckDb, quoteName, quoteText } from "./duckdb.ts";
import { StagedColumn } from "./staged-column.ts";
import type { DuckDBAppender } from "@duckdb/node-api";
import type { ColumnDeclaration, ColumnValues } from "./column.ts";
import type { OpenDuckDb } from "./duckdb.ts";

export interface ParquetWriter {
  /** Adds a batch: one array per declared column, each `rowCount` long. */
  append(values: readonly ColumnValues[], rowCount: number): Promise<void>;
  /** Writes the file; rows keep the order in which they were appended, unless it is sorted. */
  close(): Promise<{ rows: number; sizeBytes: number }>;
  /** Throws everything away; no file is left behind. Safe to call after `close`. */
  abort(): Promise<void>;
}

export interface ParquetWriterOptions {
  memoryLimitMb?: number;
  threads?: number;
  /** Names of columns to sort by, ascending; what is equal in them keeps no order. Sorting spills to disk. */
  sortedBy?: readonly string[];
}

/** Sorting merges runs from disk, each with a buffer of its own; so much more is allowed for it once rows are staged. */
const SORTING_LIMIT_MB = 192;

const CHUNK_ROWS = 2048;
/** What DuckDB may hold of the staged rows; the rest lies in the staging file. */
const LEAST_LIMIT_MB = 64;
/** A row group of 122,880 numbers per thread while the file is written. */
const LIMIT_PER_COLUMN_MB = 2.5;
/** Texts of a column with too many different ones for a dictionary. */
const LIMIT_PER_PLAIN_TEXT_MB = 32;

/**
 * Writes a Parquet file (zstd) of any length in constant memory: rows are staged in a DuckDB file beside `path` and
 * copied out at the end. Units of the columns stand in the file's metadata under `fieldport_columns`.
 */
export async function createParquetWriter(
  path: string,
  columns: readonly ColumnDeclaration[],
  options: ParquetWriterOptions = {},
): Promise<ParquetWriter> {
  const stagingPath = `${path}.staging.duckdb`;
  await removeStaging(stagingPath);
  const { sortedBy = [], ...limits } = options;
  const memoryLimitMb = Math.max(LEAST_LIMIT_MB, Math.ceil(columns.length * LIMIT_PER_COLUMN_MB));
  const database = await openDuckDb({ memoryLimitMb, ...limits, path: stagingPath });
  const writer = new DuckDbParquetWriter({ path, stagingPath, database, columns, sortedBy });
  await writer.open();
  return writer;
}

class DuckDbParquetWriter implements ParquetWriter {
  readonly #path: string;
  readonly #stagingPath: string;
  readonly #database: OpenDuckDb;
  readonly #columns: StagedColumn[];
  readonly #sortedBy: readonly string[];
  #appender: DuckDBAppender | null = null;
  #chunk: DuckDBDataChunk | null = null;
  #rows = 0;
  #isOpen = true;

  constructor(of: {
    path: string;
    stagingPath: string;
    database: OpenDuckDb;
    columns: readonly ColumnDeclaration[];
    sortedBy: readonly string[];
  }) {
    this.#sortedBy = of.sortedBy;
    this.#path = of.path;
    this.#stagingPath = of.stagingPath;
    this.#database = of.database;
    this.#columns = of.columns.map((declaration, index) => new StagedColumn(declaration, index));
  }

  async open(): Promise<void> {
    const definitions = this.#columns.map((column) => `${column.name} ${String(column.types[0])}`);
    await this.#database.connection.run(`create table staging (${definitions.join(", ")})`);
    await this.#openAppender();
  }

  async append(values: readonly ColumnValues[], rowCount: number): Promise<void> {
    const overflowing = this.#columns.filter((column, index) => column.overflows(values[index] ?? []));
    for (const column of overflowing) await this.#makePlain(column);
    for (let from = 0; from < rowCount; from += CHUNK_ROWS)
      this.#appendChunk(values, from, Math.min(CHUNK_ROWS, rowCount - from));
    this.#rows += rowCount;
  }

  async close(): Promise<{ rows: number; sizeBytes: number }> {
    this.#appender?.closeSync();
    this.#appender = null;
    const { connection } = this.#database;
    try {
      for (const column of this.#columns) if (column.isText) await this.#publishDictionary(column);
      if (this.#sortedBy.length > 0) await this.#database.raiseMemoryLimit(SORTING_LIMIT_MB);
      const select = this.#columns.map((column) => column.toSql()).join(", ");
      const metadata = JSON.stringify(this.#columns.map(({ declaration }) => declaration));
      const settings = `format parquet, compression zstd, kv_metadata {fieldport_columns: ${quoteText(metadata)}}`;
      await connection.run(
        `copy (select ${select} from staging${this.#order()}) to ${quoteText(this.#path)} (${settings})`,
      );
    } finally {
      await this.#dispose();
    }
    return { rows: this.#rows, sizeBytes: (await stat(this.#path)).size };
  }

  #order(): string {
    return this.#sortedBy.length === 0 ? "" : ` order by ${this.#sortedBy.map(quoteName).join(", ")}`;
  }

  async abort(): Promise<void> {
    if (!this.#isOpen) return;
    await this.#dispose();
    await rm(this.#path, { force: true });
  }

  async #openAppender(): Promise<void> {
    this.#appender = await this.#database.connection.createAppender("staging");
    // Plain columns were added to the end of the table, in the order in which they became plain.
    this.#chunk = null;
  }

  #appendChunk(values: readonly ColumnValues[], from: number, count: number): void {
    this.#chunk ??= DuckDBDataChunk.create([
      ...this.#columns.map((column) => column.types[0]!),
      ...this.#plain.map((column) => column.types[1]!),
    ]);
    const chunk = this.#chunk;
    chunk.rowCount = count;
    for (const [index, column] of this.#columns.entries()) {
      const plainAt = this.#plain.indexOf(column);
      const at = { vector: index, plainVector: plainAt < 0 ? -1 : this.#columns.length + plainAt, from, count };
      column.fill(chunk, at, values[index] ?? []);
    }
    this.#appender?.appendDataChunk(chunk);
  }

  readonly #plain: StagedColumn[] = [];

  async #makePlain(column: StagedColumn): Promise<void> {
    this.#appender?.closeSync();
    await this.#database.raiseMemoryLimit(LIMIT_PER_PLAIN_TEXT_MB);
    await this.#database.connection.run(`alter table staging add column ${column.name}_text varchar`);
    column.isPlain = true;
    this.#plain.push(column);
    await this.#openAppender();
  }

  /** A list variable is looked up per row in order; a join would not keep the order of the rows. */
  async #publishDictionary(column: StagedColumn): Promise<void> {
    const { connection } = this.#database;
    const table = `dictionary_${column.name}`;
    await connection.run(`create table ${table} (code integer, entry varchar)`);
    const appender = await connection.createAppender(table);
    for (const [code, entry] of column.dictionary.entries()) {
      appender.appendInteger(code);
      appender.appendVarchar(entry);
      appender.endRow();
    }
    appender.closeSync();
    await connection.run(
      `set variable ${column.name} = (select coalesce(list(entry order by code), []::varchar[]) from ${table})`,
    );
  }

  async #dispose(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#appender?.closeSync();
    this.#appender = null;
    this.#database.close();
    await removeStaging(this.#stagingPath);
  }
}

async function removeStaging(stagingPath: string): Promise<void> {
  for (const suffix of ["", ".wal", ".tmp"]) await rm(`${stagingPath}${suffix}`, { force: true, recursive: true });
}
