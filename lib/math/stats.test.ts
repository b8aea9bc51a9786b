import { describe, expect, it } from "vitest";
import { median, quantile } from "./quantile.ts";
import { createRandom } from "./random.ts";
import {
  extent,
  mean,
  medianAbsoluteDeviation,
  Moments,
  momentsOf,
  robustStandardDeviation,
  standardDeviation,
} from "./stats.ts";

const sample = [2, NaN, 4, 4, 4, Infinity, 5, 5, 7, 9];

describe("moments", () => {
  it("ignore what is not finite", () => {
    expect(mean(sample)).toBe(5);
    expect(standardDeviation(sample)).toBeCloseTo(Math.sqrt(32 / 7), 12);
    expect(extent(sample)).toEqual({ min: 2, max: 9 });
  });

  it("are NaN when nothing is known", () => {
    expect(mean([])).toBeNaN();
    expect(standardDeviation([3])).toBeNaN();
    expect(extent([NaN])).toEqual({ min: NaN, max: NaN });
    expect(median([])).toBeNaN();
    expect(medianAbsoluteDeviation([NaN])).toBeNaN();
  });

  it("keep their precision far from zero", () => {
    expect(standardDeviation([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16])).toBeCloseTo(Math.sqrt(30), 9);
  });

  it("merged from parts equal those of the whole", () => {
    const random = createRandom("merge");
    const values = Array.from({ length: 500 }, () => random.normal(3, 2));
    const merged = new Moments();
    merged.merge(momentsOf(values.slice(0, 123)));
    merged.merge(new Moments());
    merged.merge(momentsOf(values.slice(123)));
    const whole = momentsOf(values);
    expect(merged.count).toBe(500);
    expect(merged.mean).toBeCloseTo(whole.mean, 12);
    expect(merged.variance).toBeCloseTo(whole.variance, 10);
  });
});

describe("quantiles", () => {
  it("interpolate between order statistics and do not change the input", () => {
    const values = [9, 1, 7, 3];
    expect(median(values)).toBe(5);
    expect(quantile(values, 0.25)).toBe(2.5);
    expect(quantile(values, 0)).toBe(1);
    expect(quantile(values, 2)).toBe(9);
    expect(values).toEqual([9, 1, 7, 3]);
  });

  it("agree with a full sort on random, constant, sorted and reversed input", () => {
    const random = createRandom("quantile");
    const sets = [
      Float64Array.from({ length: 1001 }, () => random.normal()),
      Float64Array.from({ length: 1001 }, () => random.integer(0, 3)),
      new Float64Array(1001).fill(4),
      Float64Array.from({ length: 1001 }, (_, i) => i),
      Float64Array.from({ length: 1001 }, (_, i) => -i),
    ];
    for (const values of sets) {
      const sorted = values.toSorted();
      for (const fraction of [0, 0.01, 0.5, 0.9, 1]) expect(quantile(values, fraction)).toBe(sorted[fraction * 1000]);
    }
  });
});

describe("robust spread", () => {
  it("matches the hand-worked deviation", () => {
    expect(medianAbsoluteDeviation([1, 1, 2, 2, 4, 6, 9])).toBe(1);
  });

  it("estimates the standard deviation of normal noise despite 20 % wrong values", () => {
    const random = createRandom("robust");
    const values = Array.from({ length: 20_000 }, (_, i) =>
      i % 5 === 0 ? random.uniform(-1e4, 1e4) : random.normal(10, 2),
    );
    expect(robustStandardDeviation(values)).toBeGreaterThan(1.9);
    expect(robustStandardDeviation(values)).toBeLessThan(2.8);
  });
});
