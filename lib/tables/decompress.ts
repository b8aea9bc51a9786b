import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { AppError, isAppError, messageOf } from "#lib/errors";
import { openZipEntries } from "./zip-entries.ts";
import { detectFileType, refusalOf } from "./magic.ts";
import { OutputLimit } from "./output-limit.ts";
import { peekBytes } from "./peek-bytes.ts";
import { toBytes } from "./to-bytes.ts";
import type { DecompressLimits } from "./output-limit.ts";
import type { FileType } from "./magic.ts";

/** One table's bytes out of an upload: the file itself, or an entry of a zip. */
export interface TableEntry {
  name: string;
  /** Decompressed, limited. Read each entry to its end (or abandon it) before asking for the next. */
  bytes: AsyncIterable<Uint8Array>;
}

export type TableSource = { path: string } | { stream: AsyncIterable<Uint8Array> };

export interface DecompressOptions {
  /** Name of the upload; plain and gzip entries take it, without `.gz`. */
  fileName: string;
  limits?: Partial<DecompressLimits>;
  /** Called with the number of compressed bytes read so far. */
  onProgress?: (bytesRead: number) => void;
}

export interface OpenedTables {
  type: FileType;
  entries: AsyncIterable<TableEntry>;
}

const HEAD_BYTES = 4096;
const CHUNK_BYTES = 256 * 1024;

/**
 * Opens a plain, gzip or zip file as a sequence of tables, by its content and not its name. Nothing is unpacked to disk
 * and memory stays at a few hundred kB. A zip needs a path, because its directory stands at the end.
 * @throws AppError `unprocessable` for types that are no table, for damaged archives and exceeded limits.
 */
export async function openTables(source: TableSource, options: DecompressOptions): Promise<OpenedTables> {
  const { head, bytes } = await peekBytes("path" in source ? readPath(source.path) : source.stream, HEAD_BYTES);
  const type = detectFileType(head);
  const refusal = refusalOf(type);
  if (refusal !== null) throw new AppError("unprocessable", refusal);
  if (type === "zip") {
    if (!("path" in source))
      throw new AppError("invalid_input", "A zip can only be read from a file, not from a stream.");
    await bytes[Symbol.asyncIterator]().return?.();
    return { type, entries: openZipEntries(source.path, options) };
  }
  const counted = countBytes(bytes, options.onProgress);
  if (type !== "gzip") return { type, entries: one({ name: options.fileName, bytes: counted }) };
  const name = options.fileName.replace(/\.(gz|gzip)$/i, "");
  return { type, entries: one({ name, bytes: gunzip(counted, new OutputLimit(options.limits)) }) };
}

/** Opened only when read, so that an abandoned upload leaves no file open. */
async function* readPath(path: string): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) yield toBytes(chunk);
}

async function* one(entry: TableEntry): AsyncGenerator<TableEntry> {
  yield entry;
}

async function* countBytes(
  bytes: AsyncIterable<Uint8Array>,
  onProgress?: (bytesRead: number) => void,
): AsyncGenerator<Uint8Array> {
  let bytesRead = 0;
  for await (const chunk of bytes) {
    bytesRead += chunk.length;
    onProgress?.(bytesRead);
    yield chunk;
  }
}

/**
 * Unpacks gzip with any number of members. The bytes before a damage are delivered first, then it throws.
 * @throws AppError `unprocessable` saying at which compressed byte the file ends early or breaks.
 */
export async function* gunzip(bytes: AsyncIterable<Uint8Array>, limit: OutputLimit): AsyncGenerator<Uint8Array> {
  let bytesRead = 0;
  const source = Readable.from(
    (async function* () {
      for await (const chunk of bytes) {
        bytesRead += chunk.length;
        yield chunk;
      }
    })(),
    { objectMode: false },
  );
  const unpacked = createGunzip({ chunkSize: CHUNK_BYTES });
  source.on("error", (error) => unpacked.destroy(error));
  source.pipe(unpacked);
  try {
    for await (const chunk of unpacked) {
      const piece = toBytes(chunk);
      limit.add(piece.length, unpacked.bytesWritten);
      yield piece;
    }
  } catch (error) {
    throw toGzipError(error, { at: unpacked.bytesWritten, bytesRead });
  } finally {
    source.destroy();
    unpacked.destroy();
  }
}

function toGzipError(error: unknown, { at, bytesRead }: { at: number; bytesRead: number }): unknown {
  if (isAppError(error)) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "Z_BUF_ERROR") {
    const detail = `The gzip file is cut off: it ends at byte ${Math.max(at, bytesRead)} in the middle of its data. Upload it again.`;
    return new AppError("unprocessable", detail, { cause: error });
  }
  if (!code.startsWith("Z_")) return error;
  const detail = `The gzip file is damaged near byte ${at} (${messageOf(error)}).`;
  return new AppError("unprocessable", detail, { cause: error });
}
