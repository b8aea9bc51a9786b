import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeParquet, readParquet, toRecords } from "./parquet-reader.ts";
import { parquetToCsv } from "./parquet-to-csv.ts";
import { createParquetWriter } from "./parquet-writer.ts";
import type { CellValue, ColumnDeclaration, ColumnValues } from "./column.ts";
import type { ParquetReadOptions } from "./parquet-reader.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fieldport-parquet-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const COLUMNS: ColumnDeclaration[] = [
  { name: "code", type: "text" },
  { name: "at", type: "instant" },
  { name: "value", type: "double", unit: "Cel" },
  { name: "row", type: "int" },
  { name: "ok", type: "bool" },
];
const AT_MS = Date.UTC(2022, 5, 1, 12, 0, 0, 123);
const VALUES: ColumnValues[] = [
  ["A", null, 'x "y", 1'],
  Float64Array.of(AT_MS, NaN, -1),
  Float64Array.of(1.5, NaN, -0.25),
  Float64Array.of(2, 3, NaN),
  [true, null, false],
];

async function write(name: string, batches: [ColumnValues[], number][], columns = COLUMNS): Promise<string> {
  const path = join(folder, name);
  const writer = await createParquetWriter(path, columns);
  for (const [values, count] of batches) await writer.append(values, count);
  await writer.close();
  return path;
}

async function records(path: string, options: ParquetReadOptions = {}): Promise<Record<string, CellValue>[]> {
  const all: Record<string, CellValue>[] = [];
  for await (const batch of readParquet(path, options)) all.push(...toRecords(batch));
  return all;
}

describe("parquet", () => {
  it("gives back every value and every missing value of each type", async () => {
    const path = await write("types.parquet", [[VALUES, 3]]);
    expect(await records(path)).toEqual([
      { code: "A", at: "2022-06-01T12:00:00.123Z", value: 1.5, row: 2, ok: true },
      { code: null, at: null, value: null, row: 3, ok: null },
      { code: 'x "y", 1', at: "1969-12-31T23:59:59.999Z", value: -0.25, row: null, ok: false },
    ]);
    expect(await describeParquet(path)).toEqual({ rows: 3, columns: COLUMNS });
  });

  it("sorts by columns of any type when asked to", async () => {
    const path = join(folder, "sorted.parquet");
    const columns: ColumnDeclaration[] = [
      { name: "code", type: "text" },
      { name: "row", type: "int" },
    ];
    const writer = await createParquetWriter(path, columns, { sortedBy: ["code", "row"] });
    await writer.append([["B", "C", "A"], Float64Array.of(1, 2, 9)], 3);
    await writer.append([["A", "B"], Float64Array.of(10, 0)], 2);
    await writer.close();
    const rows = await records(path);
    expect(rows.map(({ code, row }) => `${String(code)}${String(row)}`)).toEqual(["A9", "A10", "B0", "B1", "C2"]);
  });

  it("keeps the order of rows over many batches, and pages by offset and limit", async () => {
    const batches = Array.from({ length: 60 }, (_, batch): [ColumnValues[], number] => [
      [
        Float64Array.from({ length: 5000 }, (_, i) => batch * 5000 + i),
        Array.from({ length: 5000 }, (_, i) => `S${i % 7}`),
      ],
      5000,
    ]);
    const path = await write("order.parquet", batches, [
      { name: "n", type: "int" },
      { name: "s", type: "text" },
    ]);
    let next = 0;
    for await (const { values, rowCount } of readParquet(path)) {
      for (let i = 0; i < rowCount; i++)
        if (values[0]?.[i] !== next++) throw new Error(`Row ${next - 1} is out of order.`);
    }
    expect(next).toBe(300_000);
    expect(await records(path, { offset: 250_001, limit: 2, columns: ["s", "n"] })).toEqual([
      { s: "S1", n: 250_001 },
      { s: "S2", n: 250_002 },
    ]);
  }, 20_000);

  it("stores text columns with more values than the dictionary takes", async () => {
    const text = (batch: number) =>
      Array.from({ length: 40_000 }, (_, i) => (i % 10 === 9 ? null : `id-${batch}-${i}`));
    const path = await write(
      "wide.parquet",
      [
        [[text(0)], 40_000],
        [[text(1)], 40_000],
        [[text(2)], 40_000],
      ],
      [{ name: "id", type: "text" }],
    );
    const all = await records(path);
    expect(all.map(({ id }) => id)).toEqual([...text(0), ...text(1), ...text(2)]);
  }, 20_000);

  it("writes an empty table that can be read and exported", async () => {
    const path = await write("empty.parquet", []);
    expect(await records(path)).toEqual([]);
    expect(await exportCsv(path)).toBe("code,at,value,row,ok\r\n");
  });

  it("exports CSV that quotes what needs it and leaves missing values empty", async () => {
    const path = await write("export.parquet", [[VALUES, 3]]);
    expect(await exportCsv(path)).toBe(
      'code,at,value,row,ok\r\nA,2022-06-01T12:00:00.123Z,1.5,2,true\r\n,,,3,\r\n"x ""y"", 1",1969-12-31T23:59:59.999Z,-0.25,,false\r\n',
    );
  });

  it("leaves nothing behind when aborted, and no staging file when closed", async () => {
    const before = await readdir(folder);
    const writer = await createParquetWriter(join(folder, "gone.parquet"), COLUMNS);
    await writer.append(VALUES, 3);
    await writer.abort();
    await writer.abort();
    expect(await readdir(folder)).toEqual(before);
    expect((await readdir(folder)).filter((name) => name.includes("staging"))).toEqual([]);
  });

  it("refuses what is no Parquet file and columns that are not there", async () => {
    const path = join(folder, "no.parquet");
    await writeFile(path, "hello");
    await expect(records(path)).rejects.toThrow("cannot be read");
    const table = await write("cols.parquet", [[VALUES, 3]]);
    await expect(records(table, { columns: ["nope"] })).rejects.toThrow('no column "nope"');
  });
});

async function exportCsv(path: string): Promise<string> {
  let text = "";
  for await (const piece of parquetToCsv(path)) text += piece;
  return text;
}
