import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CappedLog } from "./capped-log.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "capped-log-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const line = (index: number) => `line ${String(index).padStart(5, "0")}\n`;

async function written(name: string, lines: number): Promise<{ text: string; log: CappedLog; sizeBytes: number }> {
  const log = new CappedLog(join(folder, name), { headBytes: 1_000, tailBytes: 1_000 });
  for (let index = 0; index < lines; index++) await log.write(line(index));
  const sizeBytes = await log.close();
  return { text: await readFile(join(folder, name), "utf8").catch(() => ""), log, sizeBytes };
}

it.each([1, 83, 84, 120, 170])("keeps a log of %i lines as it is", async (lines) => {
  const { text } = await written(`whole-${lines}`, lines);
  expect(text.replace(/\n\[….*…]\n/, "")).toBe(
    Array.from({ length: lines }, (_, index) => line(index))
      .join("")
      .slice(0, text.length),
  );
  expect(text.endsWith(line(lines - 1))).toBe(true);
});

it("keeps beginning and end of a long one, says how much is missing, and leaves no parts", async () => {
  const { text, log, sizeBytes } = await written("long", 5_000);
  expect(log.isTruncated).toBe(true);
  expect(text.startsWith(line(0) + line(1))).toBe(true);
  expect(text.endsWith(line(4_998) + line(4_999))).toBe(true);
  const leftOut = Number(/\[… (\d+) bytes/.exec(text)?.[1]);
  const mark = Buffer.byteLength(`\n[… ${leftOut} bytes of this log were left out …]\n`);
  expect(sizeBytes - mark + leftOut).toBe(5_000 * line(0).length);
  expect(sizeBytes).toBeLessThan(2_200);
  expect((await readdir(folder)).filter((name) => name.startsWith("long."))).toEqual([]);
});

it("is no file when nothing was said", async () => {
  expect((await written("empty", 0)).sizeBytes).toBe(0);
});
