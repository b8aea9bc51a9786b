import { expect, it } from "vitest";
import { propertyRule } from "../core/property-rules.ts";
import { at, daily, profileOf, stream } from "../testing/series.ts";
import { StuckCheck } from "./stuck-check.ts";

function judge(values: Float64Array, property = "air_temperature", unit = "Cel", learnedFrom = values) {
  const settings = { rule: propertyRule(property, unit), unit, failFactor: 2, stuckTolerance: 0 };
  return stream((closed) => new StuckCheck(profileOf(learnedFrom, property, unit), settings, closed), values);
}

it("learns a longer run for a series that rounds coarsely than for a fine one", () => {
  const fine = daily("fine", 40);
  const coarse = fine.map((value) => Math.round(value / 4) * 4);
  expect(profileOf(coarse).stuckPoints).toBeGreaterThan(profileOf(fine).stuckPoints);
  expect(judge(fine)).toEqual([]);
  expect(judge(coarse)).toEqual([]);
});

it("finds a stuck stretch with its exact edges, and fails it when it is long", () => {
  const healthy = daily("stuck");
  const { stuckPoints } = profileOf(healthy);
  const values = Float64Array.from(healthy);
  values.fill(14.25, 400, 400 + stuckPoints + 1);
  values.fill(9.75, 1_000, 1_000 + 3 * stuckPoints);
  expect(judge(values, "air_temperature", "Cel", healthy)).toMatchObject([
    { flag: 3, startAtMs: at(400), pointCount: stuckPoints + 1 },
    { flag: 4, startAtMs: at(1_000), endAtMs: at(999 + 3 * stuckPoints) },
  ]);
});

it("lets a quantity rest where it may: no rain for a month", () => {
  expect(judge(new Float64Array(30 * 96), "rainfall", "mm")).toEqual([]);
});

it("does not join equal values across a pause", () => {
  const healthy = daily("pause");
  const settings = { rule: propertyRule("air_temperature", "Cel"), unit: "Cel", failFactor: 2, stuckTolerance: 0 };
  const profile = profileOf(healthy);
  const values = new Float64Array(2 * (profile.stuckPoints - 2)).fill(14.25);
  const apart = (index: number) => at(index < profile.stuckPoints - 2 ? index : index + 100);
  const make = (closed: Parameters<Parameters<typeof stream>[0]>[0]) => new StuckCheck(profile, settings, closed);
  expect(stream(make, values, apart)).toEqual([]);
  expect(stream(make, values)).toMatchObject([{ check: "stuck", pointCount: values.length }]);
});
