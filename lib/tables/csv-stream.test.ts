import { describe, expect, it } from "vitest";
import { isAppError } from "#lib/errors";
import { readRows } from "./csv-stream.ts";
import type { CsvReadOptions } from "./csv-stream.ts";
import type { RowBatch } from "./row-batch.ts";

const CSV: CsvReadOptions = { encoding: "utf-8", delimiter: ",", quote: '"' };

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(input: string | Uint8Array, options: Partial<CsvReadOptions> = {}, size = 7): Promise<RowBatch[]> {
  const bytes = typeof input === "string" ? new TextEncoder().encode(input) : input;
  const batches: RowBatch[] = [];
  for await (const batch of readRows(pieces(bytes, size), { ...CSV, ...options })) batches.push(batch);
  return batches;
}

async function rowsOf(
  input: string | Uint8Array,
  options: Partial<CsvReadOptions> = {},
  size = 7,
): Promise<string[][]> {
  return (await read(input, options, size)).flatMap((batch) => batch.rows.map((row) => [...row]));
}

/** Every row with its record number. */
async function numbered(input: string): Promise<[number, string][]> {
  return (await read(input)).flatMap((batch) =>
    batch.rows.map((row, i): [number, string] => [batch.firstRow + i, row[0] ?? ""]),
  );
}

describe("readRows", () => {
  it("gives the same rows however the bytes are cut", async () => {
    const text = 'a,b\r\n1,"x, ""y""\nz"\n2,\u00e9\u20ac\ud83d\ude00\n\n3,"",\n"4"q,5';
    const expected = [["1", 'x, "y"\nz'], ["2", "\u00e9\u20ac\ud83d\ude00"], [""], ["3", "", ""], ["4q", "5"]];
    for (let size = 1; size < 60; size++) expect(await rowsOf(text, {}, size)).toEqual(expected);
  });

  it("counts records as a spreadsheet does: header 1, empty lines count, quoted line breaks do not", async () => {
    expect(await numbered('h\na\n\n"b\nc"\nd\n')).toEqual([
      [2, "a"],
      [3, ""],
      [4, "b\nc"],
      [5, "d"],
    ]);
  });

  it("yields nothing for an empty file and the columns alone for a header", async () => {
    expect(await read("")).toEqual([]);
    expect(await read("a,b")).toEqual([{ firstRow: 2, columns: ["a", "b"], rows: [] }]);
    expect((await read("a,b\n"))[0]).toEqual({ firstRow: 2, columns: ["a", "b"], rows: [] });
  });

  it("skips lines before the header and names the columns of a file without one", async () => {
    expect((await read("Logger 7\n\na,b\n1,2\n", { headerRow: 3 })).flatMap((b) => b.rows)).toEqual([["1", "2"]]);
    const [first] = await read("1,2\n3,4\n", { headerRow: 0 });
    expect(first?.columns).toEqual(["column_1", "column_2"]);
    expect(first?.firstRow).toBe(1);
  });

  it("reads CRLF, LF and CR line ends", async () => {
    for (const end of ["\r\n", "\n", "\r"]) {
      expect(await rowsOf(["a,b", "1,2", "3,4"].join(end), {}, 5)).toEqual([
        ["1", "2"],
        ["3", "4"],
      ]);
    }
  });

  it("decodes Latin-1, UTF-8 with a mark and both UTF-16 orders", async () => {
    expect(await rowsOf(Buffer.from("t\n21\xb0C\n", "latin1"), { encoding: "latin1" })).toEqual([["21°C"]]);
    expect((await read("\ufeffa\n°\n", { encoding: "utf-8-bom" }))[0]?.columns).toEqual(["a"]);
    const little = Buffer.from("\ufeffa;b\n1;°\n", "utf16le");
    expect(await rowsOf(little, { encoding: "utf-16le", delimiter: ";" }, 3)).toEqual([["1", "°"]]);
    expect(await rowsOf(Buffer.from(little).swap16(), { encoding: "utf-16be", delimiter: ";" }, 3)).toEqual([
      ["1", "°"],
    ]);
  });

  it("drops a NUL-filled tail, says so, and keeps the rows before it", async () => {
    const batches = await read(`a,b\n1,2\n3,${"\0".repeat(5000)}`, {}, 1000);
    expect(batches.flatMap((batch) => batch.rows)).toEqual([
      ["1", "2"],
      ["3", ""],
    ]);
    expect(batches.flatMap((batch) => batch.notes ?? []).map((note) => note.rule)).toContain("nul_bytes");
  });

  it("reads on without a quote that is never closed, and says at which row it stands", async () => {
    const batches = await read('a,b\n1,2\n3,"4\n5,6\n');
    expect(batches.flatMap((batch) => batch.rows)).toEqual([
      ["1", "2"],
      ["3", '"4'],
      ["5", "6"],
    ]);
    expect(batches.flatMap((batch) => batch.notes ?? [])).toMatchObject([{ rule: "unterminated_quote", row: 3 }]);
  });

  it("refuses a line without end at 1 MiB instead of filling the memory", async () => {
    let pulled = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        pulled++;
        yield new Uint8Array(65_536).fill(120);
      }
    }
    const failure = await readAll(endless());
    expect(isAppError(failure, "unprocessable")).toBe(true);
    expect(String(failure)).toContain("Row 1 is longer than 1 MiB");
    expect(pulled).toBeLessThan(40);
  });

  it("names the row of a quote that swallows more than 1 MiB", async () => {
    const failure = await readAll(pieces(Buffer.from(`a,b\n1,2\n3,"${"4,5\n".repeat(400_000)}`), 65_536));
    expect(String(failure)).toContain("Row 3 is longer than 1 MiB. A closing quote");
  });

  it("stays linear on a one-column file of quoted values", async () => {
    const rows = await rowsOf(`h\n${'"x"\n'.repeat(200_000)}`, {}, 262_144);
    expect(rows.length).toBe(200_000);
  });

  it("keeps ragged rows as they are", async () => {
    expect(await rowsOf("a,b,c\n1\n1,2,3,4\n,,\n")).toEqual([["1"], ["1", "2", "3", "4"], ["", "", ""]]);
  });
});

async function readAll(bytes: AsyncIterable<Uint8Array>): Promise<unknown> {
  try {
    const batches: RowBatch[] = [];
    for await (const batch of readRows(bytes, CSV)) batches.push(batch);
    return batches;
  } catch (error) {
    return error;
  }
}
