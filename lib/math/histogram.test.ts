import { describe, expect, it } from "vitest";
import { binEdges, histogramOf } from "./histogram.ts";
import { createRandom } from "./random.ts";

describe("binEdges", () => {
  it("are round, cover all values and follow the asked number", () => {
    expect([...binEdges([0.3, 9.7], 10)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect([...binEdges([-1, 1], 4)]).toEqual([-1, -0.5, 0, 0.5, 1]);
  });

  it("stay few even for a far outlier", () => {
    const random = createRandom("outlier");
    const values = [...Array.from({ length: 1000 }, () => random.normal()), 1e6];
    expect(binEdges(values).length).toBeLessThanOrEqual(82);
  });

  it("make one bin of a constant and none of nothing", () => {
    expect([...binEdges([4, 4, 4])]).toEqual([3.5, 4.5]);
    expect(binEdges([NaN])).toHaveLength(0);
  });
});

describe("histogramOf", () => {
  it("counts every value exactly once", () => {
    const { counts, below, above, missing } = histogramOf([-1, 0, 0.5, 1, 2, 2.5, NaN, Infinity], [0, 1, 2]);
    expect([...counts]).toEqual([2, 2]);
    expect({ below, above, missing }).toEqual({ below: 1, above: 1, missing: 2 });
  });

  it("holds all values of its own edges", () => {
    const random = createRandom("all");
    const values = Array.from({ length: 5000 }, () => random.normal(20, 5));
    const result = histogramOf(values);
    expect(result.counts.reduce((sum, count) => sum + count, 0)).toBe(5000);
    expect(result.below + result.above).toBe(0);
  });
});
