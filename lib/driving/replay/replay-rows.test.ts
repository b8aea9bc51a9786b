import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { readDayFiles } from "./read-day-files.ts";
import { replayRows } from "./replay-rows.ts";

const dir = mkdtempSync(join(tmpdir(), "fieldport-days-"));
afterAll(() => rmSync(dir, { recursive: true }));

const line = (driver: string, time: string) => `${driver},p,32,118,72,211,,${time}`;

test("day files are read in the order of delivery, plain or packed", () => {
  writeFileSync(join(dir, "detail_record_2017_01_03_08_00_00"), `${line("b", "2017-01-01 20:00:00")}\n`);
  const first = `${line("a", "2017-01-02 03:00:00")}\n${line("c", "2017-01-02 03:00:00")}\n`;
  writeFileSync(join(dir, "detail_record_2017_01_02_08_00_00.gz"), gzipSync(first));
  writeFileSync(join(dir, "README.md"), "not a day");
  const rows = readDayFiles(dir);
  expect(rows.map(({ driverID }) => driverID)).toEqual(["a", "c", "b"]);
  expect(rows[0]).toMatchObject({ Longtitude: "118", Speed: "72", Time: "2017-01-02 03:00:00" });
});

test("a folder without day files is refused by name", () => {
  expect(() => readDayFiles(tmpdir())).toThrow(/no detail_record_/);
});

test("rows are posted in their order, moved by whole days, a session that came late at once", async () => {
  const posted: string[] = [];
  const rows = ["2017-01-02 03:00:00", "2017-01-02 03:00:00", "2017-01-01 20:00:00"].map((Time) => ({ Time }));
  await replayRows({
    rows,
    speed: 600,
    isLooping: false,
    shiftDays: 2,
    post: (part) => {
      posted.push(...part.map(({ Time = "" }) => Time));
      return Promise.resolve();
    },
    report: () => undefined,
  });
  expect(posted).toEqual(["2017-01-04 03:00:00", "2017-01-04 03:00:00", "2017-01-03 20:00:00"]);
});
