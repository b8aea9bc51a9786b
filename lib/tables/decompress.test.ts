import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ZipFile } from "yazl";
import { previewHead } from "./head.ts";
import { readTable } from "./read-table.ts";
import type { ReadTableOptions } from "./read-table.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fieldport-tables-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function zipOf(entries: Record<string, string | Buffer>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(entries)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return buffer(zip.outputStream);
}

async function readFile(
  content: Buffer,
  options: Partial<ReadTableOptions> = {},
): Promise<[string | undefined, number, string[]][]> {
  const path = join(folder, "upload");
  await writeFile(path, content);
  const table = await readTable({ path }, { fileName: "upload.bin", ...options });
  const rows: [string | undefined, number, string[]][] = [];
  for await (const batch of table.batches) {
    for (const [i, row] of batch.rows.entries()) rows.push([batch.fileName, batch.firstRow + i, [...row]]);
  }
  return rows;
}

describe("readTable", () => {
  it("reads plain and gzip files, gzip with several members too", async () => {
    const members = Buffer.concat([gzipSync("a,b\n1,2\n"), gzipSync("3,4\n")]);
    expect((await readFile(members)).map(([, , row]) => row)).toEqual([
      ["1", "2"],
      ["3", "4"],
    ]);
    expect((await readFile(Buffer.from("a,b\n1,2\n"), { fileName: "x.csv" }))[0]).toEqual(["x.csv", 2, ["1", "2"]]);
  });

  it("reads a stream as well as a file", async () => {
    async function* stream(): AsyncGenerator<Uint8Array> {
      yield gzipSync("a,b\n1,2\n");
    }
    const table = await readTable({ stream: stream() }, { fileName: "x.csv.gz" });
    const names: (string | undefined)[] = [];
    for await (const batch of table.batches) names.push(batch.fileName);
    expect(table.type).toBe("gzip");
    expect(names).toEqual(["x.csv"]);
  });

  it("says at which byte a gzip file ends early", async () => {
    const whole = gzipSync(Array.from({ length: 50_000 }, (_, i) => `${i},${Math.sin(i)}`).join("\n"));
    await expect(readFile(whole.subarray(0, 100_000))).rejects.toThrow("ends at byte 100000");
  });

  it("reports a gzip file that is damaged in the middle", async () => {
    const damaged = gzipSync(Array.from({ length: 50_000 }, (_, i) => `${i},${Math.sin(i)}`).join("\n"));
    damaged.fill(0xff, 60_000, 60_200);
    await expect(readFile(damaged)).rejects.toThrow("damaged near byte");
  });

  it("reads the tables of a zip as one, with their own row numbers, passing over everything else", async () => {
    const zip = await zipOf({
      "2019/A_temp.csv": "t,v\n1,2\n",
      "__MACOSX/2019/._A_temp.csv": "junk",
      "2019/.hidden.csv": "junk",
      "readme.md": "junk",
      "2019/B_temp.csv": "t;v\n3;4\n5;6\n",
    });
    expect(await readFile(zip)).toEqual([
      ["2019/A_temp.csv", 2, ["1", "2"]],
      ["2019/B_temp.csv", 2, ["3", "4"]],
      ["2019/B_temp.csv", 3, ["5", "6"]],
    ]);
  });

  it("refuses a zip whose tables have different columns, naming both files", async () => {
    const zip = await zipOf({ "a.csv": "t,v\n1,2\n", "b.csv": "t,w\n1,2\n" });
    await expect(readFile(zip)).rejects.toThrow("a.csv has the columns t, v, b.csv has t, w");
  });

  it("refuses a zip without a table, a workbook, a cut-off zip and an encrypted one", async () => {
    await expect(readFile(await zipOf({ "a.png": "x" }))).rejects.toThrow("holds no CSV");
    const workbook = await zipOf({ "a.txt": "x", "[Content_Types].xml": "<x/>" });
    await expect(readFile(workbook)).rejects.toThrow("Save the sheet as CSV");
    const zip = await zipOf({ "a.csv": "t,v\n1,2\n" });
    await expect(readFile(zip.subarray(0, zip.length - 10))).rejects.toThrow("damaged or cut off");
    const encrypted = Buffer.from(zip);
    encrypted.writeUInt16LE(
      encrypted.readUInt16LE(encrypted.indexOf("PK\u0001\u0002") + 8) | 1,
      encrypted.indexOf("PK\u0001\u0002") + 8,
    );
    await expect(readFile(encrypted)).rejects.toThrow("is encrypted");
  });

  it("stops archives that unpack to more than they may", async () => {
    const limits = { outputBytesMax: 1_000_000, ratioMax: 400, ratioFromBytes: 1e9 };
    const large = Buffer.alloc(2_000_000, "1,2\n");
    await expect(readFile(await zipOf({ "a.csv": large }), { limits })).rejects.toThrow("more than 1 MiB");
    await expect(readFile(gzipSync(large), { limits })).rejects.toThrow("more than 1 MiB");
    const ratio = { outputBytesMax: 1e9, ratioMax: 50, ratioFromBytes: 100_000 };
    await expect(readFile(gzipSync(large), { limits: ratio })).rejects.toThrow("50 times its size");
    await expect(readFile(await zipOf({ "a.csv": large }), { limits: ratio })).rejects.toThrow("50 times its size");
  });

  it("refuses an empty file and binary content", async () => {
    await expect(readFile(Buffer.alloc(0))).rejects.toThrow("The file is empty.");
    await expect(readFile(gzipSync(""))).rejects.toThrow("The file is empty.");
    await expect(readFile(gzipSync(Buffer.from([0x89, 0x50, 0x4e, 0x47])))).rejects.toThrow("Picture");
  });
});

describe("previewHead", () => {
  it("unpacks the beginning of gzip and zip files, also when they are cut off", async () => {
    const text = `a,b\n${Array.from({ length: 60_000 }, (_, i) => `${i},${Math.sin(i)}`).join("\n")}`;
    const gzip = await previewHead(gzipSync(text).subarray(0, 50_000));
    expect(Buffer.from(gzip.bytes).toString()).toBe(text.slice(0, gzip.bytes.length));
    expect(gzip.bytes.length).toBeGreaterThan(10_000);
    const zip = await previewHead((await zipOf({ "folder/a.csv": text })).subarray(0, 50_000));
    expect(zip.entryName).toBe("folder/a.csv");
    expect(Buffer.from(zip.bytes).toString()).toBe(text.slice(0, zip.bytes.length));
    expect(zip.bytes.length).toBeGreaterThan(10_000);
  });
});
