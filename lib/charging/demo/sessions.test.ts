import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, it } from "vitest";
import type { UsAtlas } from "#lib/maps/basemap/generalise";
import { readCountyIndex } from "#lib/maps/regions/county-names";
import { cutCounties } from "#lib/maps/regions/cut-regions";
import { DEMO_PLACES } from "./places.ts";
import { demoSessionsCsv } from "./sessions.ts";

const ATLAS = createRequire(import.meta.url).resolve("us-atlas/counties-10m.json");

it("knows every county of California once, by a name of the atlas", () => {
  const index = readCountyIndex();
  const found = DEMO_PLACES.map(({ county }) => index.find({ county, state: "CA" }));
  const codes = found.flatMap((answer) => ("county" in answer ? [answer.county.fips] : []));
  expect(new Set(codes).size).toBe(58);
});

it("gives the same file for the same seed, with as many sessions as asked", () => {
  const csv = [...demoSessionsCsv("a", 1200)].join("");
  expect(csv).toBe([...demoSessionsCsv("a", 1200)].join(""));
  expect(csv).not.toBe([...demoSessionsCsv("b", 1200)].join(""));
  const lines = csv.trimEnd().split("\n");
  expect(lines).toHaveLength(1201);
  const columns = lines[0]!.split(",").length;
  expect(lines.every((line) => line.split(",").length === columns)).toBe(true);
  expect(csv).not.toMatch(/NaN|undefined/);
});

it("puts seats into the boxes of their counties", () => {
  const counties = cutCounties(JSON.parse(readFileSync(ATLAS, "utf8")) as UsAtlas).get("06")!.features;
  for (const { county, lat, lon } of DEMO_PLACES) {
    const shape = counties.find(({ properties }) => properties.name === county)!;
    const points = shape.geometry.coordinates.flat<unknown, 3>(3).map(Number);
    const within = (value: number, all: number[]) => value > Math.min(...all) && value < Math.max(...all);
    const isInside =
      within(
        lon,
        points.filter((_, i) => i % 2 === 0),
      ) &&
      within(
        lat,
        points.filter((_, i) => i % 2 === 1),
      );
    expect([county, isInside]).toEqual([county, true]);
  }
});
