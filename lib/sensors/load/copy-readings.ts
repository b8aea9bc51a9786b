import type { Writable } from "node:stream";
import { once } from "node:events";

/** PostgreSQL counts from 2000-01-01 in microseconds. */
const POSTGRES_EPOCH_MS = 946_684_800_000;
const ROW_BYTES = 34;
const SIGNATURE = Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");
const TRAILER = Buffer.from([0xff, 0xff]);

/**
 * Writes (series number int4, instant timestamptz, value float8) rows in PostgreSQL's binary COPY format, which
 * needs neither formatting here nor parsing there.
 */
export class ReadingsCopy {
  readonly #out: Writable;
  #isOpen = false;

  constructor(out: Writable) {
    this.#out = out;
  }

  async write(
    rows: { seriesNos: Int32Array; observedAtMs: Float64Array; values: Float64Array },
    rowCount: number,
  ): Promise<void> {
    if (!this.#isOpen) {
      this.#isOpen = true;
      await this.#send(SIGNATURE);
    }
    const buffer = Buffer.allocUnsafe(rowCount * ROW_BYTES);
    let at = 0;
    for (let i = 0; i < rowCount; i++) {
      at = buffer.writeInt16BE(3, at);
      at = buffer.writeInt32BE(4, at);
      at = buffer.writeInt32BE(rows.seriesNos[i]!, at);
      at = buffer.writeInt32BE(8, at);
      at = writeInt64(buffer, at, (rows.observedAtMs[i]! - POSTGRES_EPOCH_MS) * 1000);
      at = buffer.writeInt32BE(8, at);
      at = buffer.writeDoubleBE(rows.values[i]!, at);
    }
    await this.#send(buffer);
  }

  /** Ends the copy; resolves when the database has taken everything. */
  async end(): Promise<void> {
    if (!this.#isOpen) await this.#send(SIGNATURE);
    await new Promise<void>((resolve, reject) => {
      this.#out.once("finish", resolve);
      this.#out.once("error", reject);
      this.#out.end(TRAILER);
    });
  }

  async #send(bytes: Buffer): Promise<void> {
    if (!this.#out.write(bytes)) await once(this.#out, "drain");
  }
}

/** Whole microseconds within ±2^53 as a big-endian int64, without a BigInt per row. */
function writeInt64(buffer: Buffer, at: number, value: number): number {
  const high = Math.floor(value / 4_294_967_296);
  buffer.writeInt32BE(high, at);
  return buffer.writeUInt32BE(value - high * 4_294_967_296, at + 4);
}
