import { DuckDBTypeId } from "@duckdb/node-api";
import { z } from "zod";
import { AppError, messageOf } from "#lib/errors";
import { openDuckDb, quoteName, quoteText } from "./duckdb.ts";
import type { DuckDBConnection, DuckDBDataChunk, DuckDBType } from "@duckdb/node-api";
import type { CellValue, ColumnBatch, ColumnDeclaration, ColumnType, ColumnValues } from "./column.ts";

export interface ParquetReadOptions {
  /** Names of the columns to read; all when absent. */
  columns?: readonly string[];
  /** Rows to pass over, in file order. */
  offset?: number;
  limit?: number;
  signal?: AbortSignal;
}

const declarations = z.array(
  z.object({
    name: z.string(),
    type: z.enum(["text", "double", "int", "instant", "bool"]),
    unit: z.string().optional(),
  }),
);

/**
 * Streams a Parquet file as column batches (about 2,000 rows each) in file order.
 * @throws AppError `unprocessable` when it is no Parquet file, `invalid_input` for a column it does not have.
 */
export async function* readParquet(path: string, options: ParquetReadOptions = {}): AsyncGenerator<ColumnBatch> {
  const database = await openDuckDb();
  try {
    const all = await describeColumns(database.connection, path);
    const columns = pickColumns(all, options.columns);
    const result = await database.connection.stream(selectSql(path, columns, options));
    for (;;) {
      options.signal?.throwIfAborted();
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) return;
      yield {
        columns,
        rowCount: chunk.rowCount,
        values: columns.map((column, index) => readColumn(chunk, index, column.type)),
      };
    }
  } finally {
    database.close();
  }
}

/** Rows and columns of a Parquet file, from its footer only. */
export async function describeParquet(path: string): Promise<{ rows: number; columns: ColumnDeclaration[] }> {
  const database = await openDuckDb();
  try {
    const columns = await describeColumns(database.connection, path);
    const count = await database.connection.runAndReadAll(
      `select num_rows from parquet_file_metadata(${quoteText(path)})`,
    );
    return { rows: Number(count.getRows()[0]?.[0] ?? 0), columns };
  } finally {
    database.close();
  }
}

async function describeColumns(connection: DuckDBConnection, path: string): Promise<ColumnDeclaration[]> {
  try {
    const described = await connection.runAndReadAll(`select * from read_parquet(${quoteText(path)}) limit 0`);
    const units = await readUnits(connection, path);
    return described.columnNames().map((name, index) => {
      const unit = units.get(name);
      return { name, type: typeOf(described.columnType(index)), ...(unit !== undefined && { unit }) };
    });
  } catch (error) {
    throw new AppError("unprocessable", `The Parquet file cannot be read (${messageOf(error)}).`, { cause: error });
  }
}

async function readUnits(connection: DuckDBConnection, path: string): Promise<Map<string, string | undefined>> {
  const sql = `select decode(value) from parquet_kv_metadata(${quoteText(path)}) where decode(key) = 'fieldport_columns'`;
  const text = (await connection.runAndReadAll(sql)).getRows()[0]?.[0];
  if (typeof text !== "string") return new Map();
  return new Map(declarations.parse(JSON.parse(text)).map(({ name, unit }) => [name, unit]));
}

function pickColumns(all: ColumnDeclaration[], names: readonly string[] | undefined): ColumnDeclaration[] {
  if (names === undefined) return all;
  return names.map((name) => {
    const column = all.find((candidate) => candidate.name === name);
    if (column === undefined) throw new AppError("invalid_input", `The table has no column "${name}".`);
    return column;
  });
}

function selectSql(path: string, columns: readonly ColumnDeclaration[], { offset, limit }: ParquetReadOptions): string {
  // Instants and integers leave as doubles: exact up to 2^53, and a typed array instead of one object per value.
  const list = columns.map(({ name, type }) => {
    if (type === "instant") return `epoch_us(${quoteName(name)}::timestamptz) / 1000.0::double`;
    return type === "int" || type === "double"
      ? `${quoteName(name)}::double`
      : quoteName(name) + (type === "text" ? "::varchar" : "");
  });
  const range = `${limit === undefined ? "" : ` limit ${Math.floor(limit)}`}${offset === undefined ? "" : ` offset ${Math.floor(offset)}`}`;
  return `select ${list.join(", ")} from read_parquet(${quoteText(path)})${range}`;
}

const TYPE_IDS = {
  bool: [DuckDBTypeId.BOOLEAN],
  int: [
    DuckDBTypeId.TINYINT,
    DuckDBTypeId.SMALLINT,
    DuckDBTypeId.INTEGER,
    DuckDBTypeId.BIGINT,
    DuckDBTypeId.UTINYINT,
    DuckDBTypeId.USMALLINT,
    DuckDBTypeId.UINTEGER,
    DuckDBTypeId.UBIGINT,
  ],
  double: [DuckDBTypeId.FLOAT, DuckDBTypeId.DOUBLE, DuckDBTypeId.DECIMAL],
  instant: [
    DuckDBTypeId.TIMESTAMP,
    DuckDBTypeId.TIMESTAMP_TZ,
    DuckDBTypeId.TIMESTAMP_MS,
    DuckDBTypeId.TIMESTAMP_S,
    DuckDBTypeId.TIMESTAMP_NS,
    DuckDBTypeId.DATE,
  ],
} as const;

/** Everything without a type of its own (lists, UUIDs, blobs) is shown as text. */
function typeOf({ typeId }: DuckDBType): ColumnType {
  const has = (ids: readonly DuckDBTypeId[]) => ids.includes(typeId);
  if (has(TYPE_IDS.bool)) return "bool";
  if (has(TYPE_IDS.int)) return "int";
  if (has(TYPE_IDS.double)) return "double";
  return has(TYPE_IDS.instant) ? "instant" : "text";
}

function readColumn(chunk: DuckDBDataChunk, index: number, type: ColumnType): ColumnValues {
  const values = chunk.getColumnValues(index);
  if (type === "text") return values.map((value) => (value === null ? null : String(value)));
  if (type === "bool") return values.map((value) => (typeof value === "boolean" ? value : null));
  return Float64Array.from(values, (value) => (typeof value === "number" ? value : NaN));
}

/** A batch as records for JSON: instants as ISO 8601, missing as null. */
export function toRecords({ columns, rowCount, values }: ColumnBatch): Record<string, CellValue>[] {
  return Array.from({ length: rowCount }, (_, row) =>
    Object.fromEntries(columns.map(({ name, type }, index) => [name, cellOf(values[index]?.[row] ?? null, type)])),
  );
}

export function cellOf(value: CellValue, type: ColumnType): CellValue {
  if (typeof value !== "number") return value;
  if (Number.isNaN(value)) return null;
  return type === "instant" ? new Date(value).toISOString() : value;
}
