import { cellsOf, JsonRecordParser } from "./json-records.ts";
import { createTextDecoder } from "./text-decoder.ts";
import type { RowBatch } from "./row-batch.ts";
import type { TextEncoding } from "./text-encoding.ts";

export interface JsonReadOptions {
  encoding: TextEncoding;
  /** Members to read, in this order; others are passed over. */
  columns: readonly string[];
  fileName?: string;
  signal?: AbortSignal;
}

/** Reads a JSON file of records as batches of rows; record 1 is row 2, as if a header stood before it. */
export async function* readJsonRows(
  bytes: AsyncIterable<Uint8Array>,
  { encoding, columns, fileName, signal }: JsonReadOptions,
): AsyncGenerator<RowBatch> {
  const decoder = createTextDecoder(encoding);
  const parser = new JsonRecordParser();
  const batchOf = (firstRow: number, rows: Record<string, string>[]): RowBatch => ({
    firstRow,
    columns,
    rows: rows.map((row) => cellsOf(row, columns)),
    ...(fileName !== undefined && { fileName }),
  });
  for await (const piece of bytes) {
    signal?.throwIfAborted();
    const firstRow = parser.recordCount + 2;
    const rows = parser.push(decoder.decode(piece));
    if (rows.length > 0) yield batchOf(firstRow, rows);
  }
  const firstRow = parser.recordCount + 2;
  const rows = [...parser.push(decoder.end()), ...parser.end()];
  if (rows.length > 0) yield batchOf(firstRow, rows);
}
