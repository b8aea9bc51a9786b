import { PassThrough, pipeline, type Readable } from "node:stream";
import { fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from "yauzl";
import { AppError, isAppError, messageOf } from "#lib/errors";
import { openObject } from "./store.ts";

/** The directory of a zip is read in small pieces, one after the other: they come from one range of this size. */
const BLOCK_BYTES = 256 * 1024;

/** Reads parts of an object as a zip reader asks for them; the object itself is never fetched as a whole. */
class ObjectReader extends RandomAccessReader {
  readonly #key: string;
  readonly #sizeBytes: number;
  #block: { startByte: number; bytes: Buffer } | null = null;

  constructor(key: string, sizeBytes: number) {
    super();
    this.#key = key;
    this.#sizeBytes = sizeBytes;
  }

  override read(
    target: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.#bytesAt(position, length).then(
      (bytes) => {
        bytes.copy(target, offset);
        callback(null);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(messageOf(error))),
    );
  }

  override _readStreamForRange(start: number, end: number): Readable {
    const bytes = new PassThrough();
    openObject(this.#key, { startByte: start, endByte: end - 1 }).then(
      (stream) => {
        // Nobody wants it any more: whoever asked has left while it was opened.
        if (bytes.destroyed) stream.destroy();
        // The error reaches the reader through `bytes`.
        else pipeline(stream, bytes, () => undefined);
      },
      (error: unknown) => bytes.destroy(error instanceof Error ? error : new Error(messageOf(error))),
    );
    return bytes;
  }

  async #bytesAt(position: number, length: number): Promise<Buffer> {
    const known = this.#block;
    const from = known ? position - known.startByte : -1;
    if (known && from >= 0 && from + length <= known.bytes.length) return known.bytes.subarray(from, from + length);
    const endByte = Math.min(this.#sizeBytes, position + Math.max(length, BLOCK_BYTES)) - 1;
    const chunks: Buffer[] = [];
    const stream = await openObject(this.#key, { startByte: position, endByte });
    for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
    this.#block = { startByte: position, bytes: Buffer.concat(chunks) };
    if (this.#block.bytes.length < length) throw new Error("it is shorter than its directory says");
    return this.#block.bytes.subarray(0, length);
  }
}

/** Works on a stored zip through ranges of it. Complaints about the zip are `unprocessable`. */
export async function withZipObject<T>(
  object: { key: string; sizeBytes: number; name: string },
  work: (zip: ZipFile) => Promise<T>,
): Promise<T> {
  let zip: ZipFile | null = null;
  try {
    const reader = new ObjectReader(object.key, object.sizeBytes);
    zip = await fromRandomAccessReaderPromise(reader, object.sizeBytes, { lazyEntries: true, autoClose: false });
    return await work(zip);
  } catch (error) {
    if (isAppError(error)) throw error;
    const detail = `${object.name} cannot be looked into: ${messageOf(error)}. Download it as it is.`;
    throw new AppError("unprocessable", detail, { cause: error });
  } finally {
    // Streams that are still read keep it open until they end.
    zip?.close();
  }
}
