import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { ReadingsCopy } from "./copy-readings.ts";

function collector(): { out: Writable; bytes: () => Buffer } {
  const chunks: Buffer[] = [];
  const out = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk);
      done();
    },
  });
  return { out, bytes: () => Buffer.concat(chunks) };
}

describe("ReadingsCopy", () => {
  it("writes PostgreSQL's binary format, also for instants before 2000 and with milliseconds", async () => {
    const { out, bytes } = collector();
    const copy = new ReadingsCopy(out);
    const instants = [
      Date.UTC(1999, 11, 31, 23, 59, 59, 999),
      Date.UTC(2026, 10, 22, 1, 2, 3, 4),
      Date.UTC(1951, 0, 1),
    ];
    await copy.write(
      {
        seriesNos: Int32Array.of(1, 2, 3),
        observedAtMs: Float64Array.from(instants),
        values: Float64Array.of(1.5, -40, 1e-9),
      },
      3,
    );
    await copy.end();
    const all = bytes();
    expect(all.subarray(0, 11).toString("latin1")).toBe("PGCOPY\n\xff\r\n\0");
    for (const [row, instant] of instants.entries()) {
      const at = 19 + row * 34;
      expect(all.readInt16BE(at)).toBe(3);
      expect(all.readInt32BE(at + 6)).toBe(row + 1);
      expect(all.readBigInt64BE(at + 14)).toBe(BigInt(instant - Date.UTC(2000, 0, 1)) * 1000n);
    }
    expect(all.readDoubleBE(19 + 26)).toBe(1.5);
    expect(all.subarray(-2)).toEqual(Buffer.from([0xff, 0xff]));
  });

  it("is a complete, empty table when nothing was written", async () => {
    const { out, bytes } = collector();
    await new ReadingsCopy(out).end();
    expect(bytes()).toHaveLength(21);
  });
});
