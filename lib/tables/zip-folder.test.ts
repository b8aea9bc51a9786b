import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ZipFile } from "yazl";
import { openZipFolder } from "./zip-folder.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "zip-folder-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function zipOf(entries: Record<string, string | Buffer>): Promise<string> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(entries)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  const path = join(folder, "x.zip");
  await writeFile(path, await buffer(zip.outputStream));
  return path;
}

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

it("reads files by name in any order, also two at once, packed ones unpacked", async () => {
  const long = "1,2\n".repeat(200_000);
  const zip = await openZipFolder(
    await zipOf({ "a/b.csv": "x", "a/c.csv.gz": gzipSync(long), "__MACOSX/a": "-", ".DS": "-" }),
  );
  expect(zip.paths).toEqual(["a/b.csv", "a/c.csv.gz"]);
  const [packed, plain] = await Promise.all([zip.read("a/c.csv.gz"), zip.read("a/b.csv")]);
  expect(textOf(packed)).toBe(long);
  expect(textOf(plain)).toBe("x");
  expect(textOf(await zip.read("a/b.csv"))).toBe("x");
  await expect(zip.read("d")).rejects.toThrow("The zip holds no d.");
  zip.close();
});

it("says when a file in it is damaged", async () => {
  const zip = await openZipFolder(await zipOf({ "a.csv.gz": gzipSync("x".repeat(1000)).subarray(0, 20) }));
  await expect(zip.read("a.csv.gz")).rejects.toThrow("cut off");
  zip.close();
});

it("counts every file on its own", async () => {
  const table = gzipSync("0.1,0.2\n".repeat(5_000_000));
  const zip = await openZipFolder(await zipOf({ "a.csv.gz": table, "small.csv.gz": gzipSync("x") }));
  for (let i = 0; i < 3; i++) await zip.read("a.csv.gz");
  expect(textOf(await zip.read("small.csv.gz"))).toBe("x");
  zip.close();
});

it("refuses a file that unpacks to far more than its size", async () => {
  const zip = await openZipFolder(await zipOf({ "a.csv.gz": gzipSync(Buffer.alloc(200 * 1024 ** 2)) }));
  await expect(zip.read("a.csv.gz")).rejects.toThrow("400 times its size");
  zip.close();
});
