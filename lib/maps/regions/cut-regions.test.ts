import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import type { UsAtlas } from "../basemap/generalise.ts";
import { cutCounties } from "./cut-regions.ts";

const atlas = createRequire(import.meta.url).resolve("us-atlas/counties-10m.json");
const counties = cutCounties(JSON.parse(readFileSync(atlas, "utf8")) as UsAtlas);

test("every county stands with its state, under its code", () => {
  const california = counties.get("06");
  expect(california?.features).toHaveLength(58);
  expect(california?.features.find(({ properties }) => properties.name === "Santa Clara")?.id).toBe("06085");
  for (const [state, { features }] of counties) {
    expect(features.every(({ id }) => String(id).startsWith(state) && String(id).length === 5)).toBe(true);
  }
});

test("San Francisco lies in its county's box", () => {
  const region = counties.get("06")?.features.find(({ id }) => id === "06075");
  const points = region!.geometry.coordinates.flat<unknown, 3>(3).map(Number);
  const longitudes = points.filter((_, i) => i % 2 === 0);
  const latitudes = points.filter((_, i) => i % 2 === 1);
  expect(Math.min(...longitudes)).toBeLessThan(-122.42);
  expect(Math.max(...longitudes)).toBeGreaterThan(-122.42);
  expect(Math.max(...latitudes)).toBeGreaterThan(37.77);
});
