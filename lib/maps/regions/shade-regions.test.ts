import { expect, it } from "vitest";
import { shadeRegions } from "./shade-regions.ts";

it("gives every area with a value a colour, counts them in the legend and goes through them by value", () => {
  const values = new Map([
    ["06001", 10],
    ["06003", 400],
    ["06005", 30],
    ["06007", 30],
  ]);
  const { shades, order, classes } = shadeRegions(values, "quantiles");
  expect(order).toEqual(["06003", "06005", "06007", "06001"]);
  expect(classes.reduce((sum, { count }) => sum + count, 0)).toBe(4);
  expect([classes[0]!.from, classes.at(-1)!.to]).toEqual([10, 400]);
  expect([shades.get("06001"), shades.get("06003")]).toEqual([1, 7]);
  expect(shades.get("06005")).toBe(shades.get("06007"));
});

it("has no classes without values", () => {
  expect(shadeRegions(new Map(), "steps")).toEqual({ shades: new Map(), order: [], classes: [] });
});
