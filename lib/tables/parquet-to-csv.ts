import { cellOf, describeParquet, readParquet } from "./parquet-reader.ts";
import type { CellValue, ColumnBatch } from "./column.ts";
import type { ParquetReadOptions } from "./parquet-reader.ts";

const NEEDS_QUOTES = /[",\r\n]/;

/** Streams a Parquet file as CSV text (RFC 4180, CRLF, UTF-8): a header line, instants as ISO 8601, missing empty. */
export async function* parquetToCsv(path: string, options: ParquetReadOptions = {}): AsyncGenerator<string> {
  let hasHeader = false;
  for await (const batch of readParquet(path, options)) {
    const header = hasHeader ? "" : `${batch.columns.map(({ name }) => quote(name)).join(",")}\r\n`;
    hasHeader = true;
    yield header + toCsvLines(batch);
  }
  if (!hasHeader) yield* emptyCsv(path, options);
}

async function* emptyCsv(path: string, options: ParquetReadOptions): AsyncGenerator<string> {
  const { columns } = await describeParquet(path);
  yield `${(options.columns ?? columns.map(({ name }) => name)).map(quote).join(",")}\r\n`;
}

function toCsvLines({ columns, rowCount, values }: ColumnBatch): string {
  let text = "";
  for (let row = 0; row < rowCount; row++) {
    for (const [index, { type }] of columns.entries()) {
      if (index > 0) text += ",";
      text += toField(cellOf(values[index]?.[row] ?? null, type));
    }
    text += "\r\n";
  }
  return text;
}

function toField(value: CellValue): string {
  if (value === null) return "";
  return typeof value === "string" ? quote(value) : String(value);
}

function quote(text: string): string {
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
