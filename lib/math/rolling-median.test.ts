import { describe, expect, it } from "vitest";
import { median } from "./quantile.ts";
import { createRandom } from "./random.ts";
import { rollingMedian } from "./rolling-median.ts";

describe("rollingMedian", () => {
  it.each([1, 2, 4, 5, 30, 500])("agrees with sorting every window of %d", (width) => {
    const random = createRandom("median");
    const values = Float64Array.from({ length: 200 }, () => random.integer(0, 20));
    const before = Math.floor((width - 1) / 2);
    const expected = values.map((_, i) => median(values.subarray(Math.max(0, i - before), i - before + width)));
    expect([...rollingMedian(values, width)]).toEqual([...expected]);
  });

  it("is empty for no values", () => {
    expect(rollingMedian(new Float64Array(0), 5)).toHaveLength(0);
  });
});
