import { expect, it } from "vitest";
import { classBreaks, classOf, shadeOf } from "./class-breaks.ts";

const SKEWED = Array.from({ length: 58 }, (_, i) => 1.17 ** i);

it("fills quantile classes equally, however skewed the values are", () => {
  const breaks = classBreaks(SKEWED, "quantiles");
  const counts = new Map<number, number>();
  for (const value of SKEWED) counts.set(classOf(value, breaks), (counts.get(classOf(value, breaks)) ?? 0) + 1);
  expect([...counts.keys()]).toEqual([1, 2, 3, 4, 5, 6, 7]);
  for (const count of counts.values()) expect(Math.abs(count - 58 / 7)).toBeLessThan(2.5);
  expect(breaks.map((limit) => Number(limit.toPrecision(2)))).toEqual(breaks);
});

it("makes equal steps of round limits that hold all values in at most seven classes", () => {
  expect(classBreaks([0, 6.9], "steps")).toEqual([1, 2, 3, 4, 5, 6]);
  expect(classBreaks([0.03, 0.68], "steps")).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6]);
  expect(classBreaks([0, 1234, 98_000], "steps")).toEqual([20_000, 40_000, 60_000, 80_000]);
  for (const max of [1, 1.01, 3.3, 7, 7.01, 49, 1e9]) {
    expect(classBreaks([-0.4 * max, max], "steps").length).toBeLessThanOrEqual(6);
  }
});

it("keeps exact limits where rounding would join them", () => {
  const close = [100.1, 100.2, 100.3, 100.4];
  expect(new Set(close.map((value) => classOf(value, classBreaks(close, "quantiles")))).size).toBe(4);
});

it("makes fewer classes of few values, and one of equal ones", () => {
  expect(classBreaks([], "quantiles")).toEqual([]);
  expect(classBreaks([5, 5, NaN], "steps")).toEqual([]);
  expect(classBreaks([0, 0, 0, 9], "quantiles").length).toBe(1);
  expect([classOf(4, []), shadeOf(1, 1)]).toEqual([1, 4]);
});

it("spreads few classes over all colours", () => {
  expect([1, 2, 3].map((one) => shadeOf(one, 3))).toEqual([1, 4, 7]);
  expect([1, 2, 3, 4, 5, 6, 7].map((one) => shadeOf(one, 7))).toEqual([1, 2, 3, 4, 5, 6, 7]);
});
