import { AppError } from "#lib/errors";
import { readRows } from "./csv-stream.ts";
import { readJsonRows } from "./json-stream.ts";
import { openTables } from "./decompress.ts";
import { peekBytes } from "./peek-bytes.ts";
import { sniff } from "./sniff.ts";
import type { DecompressOptions, TableEntry, TableSource } from "./decompress.ts";
import type { FileType } from "./magic.ts";
import type { RowBatch } from "./row-batch.ts";
import type { Sniff } from "./sniff.ts";

export interface ReadTableOptions extends DecompressOptions {
  signal?: AbortSignal;
}

export interface ReadTable {
  type: FileType;
  /** Of the first entry. */
  sniff: Sniff;
  /** Rows of all entries; each batch names its entry and counts rows from that entry's beginning. */
  batches: AsyncIterable<RowBatch>;
}

const SNIFF_BYTES = 256 * 1024;

/**
 * Opens an upload (plain, gzip, zip of several tables) as one table. Entries of a zip may differ in encoding and
 * separator but must have the same header.
 * @throws AppError `unprocessable` when the file is no table, is damaged, or its entries do not belong together; the
 * damage of a later part shows while `batches` is read.
 */
export async function readTable(source: TableSource, options: ReadTableOptions): Promise<ReadTable> {
  const { type, entries } = await openTables(source, options);
  const iterator = entries[Symbol.asyncIterator]();
  try {
    const opened = await nextTable(iterator, null);
    if (opened === null) throw new AppError("unprocessable", "The file is empty.");
    return { type, sniff: opened.sniff, batches: readBatches(iterator, opened, options) };
  } catch (error) {
    await iterator.return?.();
    throw error;
  }
}

interface OpenedTable {
  name: string;
  sniff: Sniff;
  bytes: AsyncIterable<Uint8Array>;
}

async function* readBatches(
  iterator: AsyncIterator<TableEntry>,
  first: OpenedTable,
  options: ReadTableOptions,
): AsyncGenerator<RowBatch> {
  try {
    for (let table: OpenedTable | null = first; table !== null; table = await nextTable(iterator, first)) {
      const { columns } = table.sniff;
      for await (const batch of readEntry(table, options)) {
        // The first entry's array, so that consumers can tell by identity that nothing changed.
        yield { ...batch, columns: columns.length === batch.columns.length ? first.sniff.columns : batch.columns };
      }
    }
  } finally {
    await iterator.return?.();
  }
}

function readEntry({ name, bytes, sniff: found }: OpenedTable, options: ReadTableOptions): AsyncIterable<RowBatch> {
  const { encoding, delimiter, quote, headerRow, columns, records } = found;
  const shared = { encoding, fileName: name, ...(options.signal !== undefined && { signal: options.signal }) };
  if (records === "json") return readJsonRows(bytes, { ...shared, columns });
  return readRows(bytes, { ...shared, delimiter, quote, headerRow });
}

async function nextTable(iterator: AsyncIterator<TableEntry>, first: OpenedTable | null): Promise<OpenedTable | null> {
  for (;;) {
    const next = await iterator.next();
    if (next.done === true) return null;
    const entry = next.value;
    const { head, bytes } = await peekBytes(entry.bytes, SNIFF_BYTES);
    if (head.length === 0 && first !== null) continue;
    const table = { name: entry.name, sniff: sniffEntry(entry.name, head, first), bytes };
    if (first !== null) requireSameColumns(first, table);
    return table;
  }
}

function sniffEntry(name: string, head: Uint8Array, first: OpenedTable | null): Sniff {
  try {
    return sniff(head);
  } catch (error) {
    if (first === null || !(error instanceof AppError)) throw error;
    throw new AppError("unprocessable", `${name}: ${error.message}`, { cause: error });
  }
}

function requireSameColumns(first: OpenedTable, table: OpenedTable): void {
  const expected = first.sniff.columns;
  const found = table.sniff.columns;
  if (expected.length === found.length && expected.every((column, index) => column === found[index])) return;
  const detail = `The tables of the zip differ: ${first.name} has the columns ${expected.join(", ")}, ${table.name} has ${found.join(", ")}. Upload them separately.`;
  throw new AppError("unprocessable", detail);
}
