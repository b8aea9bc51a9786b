import { expect, test } from "vitest";
import { filterLog, logFile, logTime, splitAtMatches } from "./log-text.ts";

const lines = [
  { seq: 7, at: "2026-11-18T22:01:12.004Z", level: "info" as const, text: "read 412 sensors" },
  { seq: 9, at: "2026-11-18T22:01:13.000Z", level: "warn" as const, text: "KIT-0031 silent" },
  { seq: 12, at: "2026-11-18T22:01:14.000Z", level: "error" as const, text: "stopped" },
];

test("lines keep their number in the whole log when others are filtered out", () => {
  expect(filterLog(lines, { onlyWarnings: true, search: "" }).map(({ number }) => number)).toEqual([2, 3]);
  expect(filterLog(lines, { onlyWarnings: false, search: " kit " }).map(({ number }) => number)).toEqual([2]);
});

test("times are those of the zone, to the millisecond", () => {
  expect(logTime("2026-11-18T22:01:12.004Z", "America/Los_Angeles")).toBe("14:01:12.004");
});

test("the downloaded log has one line each, with the exact instant and level", () => {
  expect(logFile(lines).split("\n")).toHaveLength(4);
  expect(logFile(lines)).toContain("2026-11-18T22:01:13.000Z warn  KIT-0031 silent");
});

test("what is looked for is marked wherever it stands, in any case", () => {
  expect(splitAtMatches("Error: no error", "error")).toEqual(["", "Error", ": no ", "error", ""]);
  expect(splitAtMatches("all well", "error")).toEqual(["all well"]);
  expect(splitAtMatches("İx", "x")).toEqual(["İx"]);
});
