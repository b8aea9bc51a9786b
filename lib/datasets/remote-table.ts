import { parquetMetadataAsync, parquetReadObjects, type AsyncBuffer } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { openObject } from "#lib/objects/store";
import type { StoredTable } from "./store.ts";

export interface RemoteTable {
  columns: string[];
  rowCount: number;
  /** Rows [start, end) as plain JSON values: instants as ISO text, missing as null. */
  readRows: (start: number, end: number) => Promise<Record<string, unknown>[]>;
}

/** Reads a Parquet artifact by ranges, straight from object storage: a page of rows never loads the file. */
export async function openRemoteTable(table: Pick<StoredTable, "objectKey" | "sizeBytes">): Promise<RemoteTable> {
  const file: AsyncBuffer = {
    byteLength: table.sizeBytes,
    slice: (start, end = table.sizeBytes) => readRange(table.objectKey, start, end),
  };
  const metadata = await parquetMetadataAsync(file);
  const columns = metadata.schema.slice(1).map((column) => column.name);
  return {
    columns,
    rowCount: Number(metadata.num_rows),
    readRows: async (rowStart, rowEnd) => {
      if (rowStart >= rowEnd) return [];
      const rows = await parquetReadObjects({ file, metadata, compressors, rowStart, rowEnd });
      return rows.map((row) => Object.fromEntries(columns.map((column) => [column, toPlain(row[column])])));
    },
  };
}

async function readRange(key: string, startByte: number, end: number): Promise<ArrayBuffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of (await openObject(key, { startByte, endByte: end - 1 })) as AsyncIterable<Buffer>)
    chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

function toPlain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "number" && !Number.isFinite(value)) return null;
  return value ?? null;
}
