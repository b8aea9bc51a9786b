import type { Readable } from "node:stream";
import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { readRows } from "#lib/tables/csv-stream";
import { peekBytes } from "#lib/tables/peek-bytes";
import type { RowBatch } from "#lib/tables/row-batch";
import { sniff, type Sniff } from "#lib/tables/sniff";
import { entryKindOf } from "../core/entry-kind.ts";
import { openEntry, withArchive } from "./open-archive.ts";

const HEAD_BYTES = 256 * 1024;
/**
 * A packed file can only be read from its beginning. So much of it is read for a page or a chart, which takes a second
 * or two at worst; what lies behind is for downloading.
 */
const READ_BYTES_MAX = 64 * 2 ** 20;

export interface OpenTable {
  sniffed: Sniff;
  batches: AsyncGenerator<RowBatch>;
  /** True once reading has stopped at the limit. */
  isCut: () => boolean;
}

/** Works on a table in a zip, a batch of rows at a time; what is not read of it is never unpacked. */
export function withTable<T>(
  ctx: Ctx,
  of: { artifactId: string; path: string },
  work: (table: OpenTable) => Promise<T>,
): Promise<T> {
  if (entryKindOf(of.path) !== "table") throw new AppError("unprocessable", "This file is no table. Download it.");
  return withArchive(ctx, of.artifactId, async (zip) => {
    const { bytes } = await openEntry(zip, of.path);
    try {
      const limit = { isReached: false };
      const peeked = await peekBytes(limited(bytes, limit), HEAD_BYTES);
      const sniffed = sniff(peeked.head.subarray(0, HEAD_BYTES));
      if (sniffed.records) throw new AppError("unprocessable", "In spite of its name this is JSON. Download it.");
      const { encoding, delimiter, quote, headerRow } = sniffed;
      const batches = wholeRows(readRows(peeked.bytes, { encoding, delimiter, quote, headerRow }), limit);
      return await work({ sniffed, batches, isCut: () => limit.isReached });
    } finally {
      bytes.destroy();
    }
  });
}

async function* limited(bytes: Readable, limit: { isReached: boolean }): AsyncGenerator<Uint8Array> {
  let left = READ_BYTES_MAX;
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    if (chunk.length > left) {
      limit.isReached = true;
      yield chunk.subarray(0, left);
      return;
    }
    left -= chunk.length;
    yield chunk;
  }
}

/** Where reading stopped in the middle of the file, the last row is half a one. */
async function* wholeRows(batches: AsyncGenerator<RowBatch>, limit: { isReached: boolean }): AsyncGenerator<RowBatch> {
  let held: RowBatch | null = null;
  for await (const batch of batches) {
    if (held) yield held;
    held = batch;
  }
  if (held) yield limit.isReached ? { ...held, rows: held.rows.slice(0, -1) } : held;
}
