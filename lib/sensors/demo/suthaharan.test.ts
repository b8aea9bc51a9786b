import { expect, it } from "vitest";
import { SUTHAHARAN_CREDIT, suthaharanReadingsCsv, suthaharanRegistryCsv } from "./suthaharan.ts";

it("registers four motes and invents no positions", () => {
  const lines = suthaharanRegistryCsv().trimEnd().split("\n");
  expect(lines).toHaveLength(5);
  expect(lines[1]).toBe("WSN-MOTE-1,TelosB mote 1 (indoor),,,,Suthaharan et al. 2010,indoor,no");
  expect(lines[4]).toMatch(/^WSN-MOTE-4,.*,,,,.*,outdoor,no$/);
});

it("keeps every reading of the set with its label, no instant twice per mote", () => {
  const lines = [...suthaharanReadingsCsv()].join("").trimEnd().split("\n");
  expect(lines[1]).toBe("WSN-MOTE-1,2010-01-01T00:00:00Z,27.97,45.93,0");
  expect(lines).toHaveLength(18_915);
  expect(new Set(lines.map((line) => line.split(",", 2).join(","))).size).toBe(lines.length);
  expect(lines.filter((line) => line.endsWith(",1")).length).toBeGreaterThan(50);
});

it("credits the authors and both licences", () => {
  expect(SUTHAHARAN_CREDIT).toMatch(/Suthaharan.*ODC-BY 1\.0.*CC BY 4\.0/s);
});
