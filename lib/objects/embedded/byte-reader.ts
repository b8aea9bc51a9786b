import { INCOMPLETE_BODY, S3Error } from "./s3-error.ts";

const LINE_BYTES_MAX = 8192;
const CRLF = Buffer.from("\r\n");

/** Pulls lines and runs of bytes out of a stream without gathering it. */
export class ByteReader {
  readonly #source: AsyncIterator<Buffer>;
  #buffer: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async #fill(): Promise<Buffer> {
    const next = await this.#source.next();
    if (next.done) throw new S3Error(INCOMPLETE_BODY, "The body ended before its last chunk.");
    return next.value;
  }

  /** The next line without its CRLF. */
  async line(): Promise<string> {
    for (;;) {
      const end = this.#buffer.indexOf(CRLF);
      if (end >= 0) {
        const text = this.#buffer.toString("latin1", 0, end);
        this.#buffer = this.#buffer.subarray(end + 2);
        return text;
      }
      if (this.#buffer.length > LINE_BYTES_MAX) {
        throw new S3Error([400, "InvalidChunkSizeError"], "A chunk header is far too long.");
      }
      this.#buffer = Buffer.concat([this.#buffer, await this.#fill()]);
    }
  }

  /** At least one and at most `sizeBytes` bytes. */
  async some(sizeBytes: number): Promise<Buffer> {
    while (this.#buffer.length === 0) this.#buffer = await this.#fill();
    const piece = this.#buffer.subarray(0, sizeBytes);
    this.#buffer = this.#buffer.subarray(piece.length);
    return piece;
  }

  /** Reads the source to its end, so that the connection can serve the next request. */
  async drain(): Promise<void> {
    while (!(await this.#source.next()).done);
  }
}
