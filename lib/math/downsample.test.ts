import { describe, expect, it } from "vitest";
import { downsampleMinMax, lowerBound } from "./downsample.ts";
import { createRandom } from "./random.ts";
import { extent } from "./stats.ts";

const regular = (count: number, valueAt: (i: number) => number) => ({
  t: Float64Array.from({ length: count }, (_, i) => i * 1000),
  v: Float64Array.from({ length: count }, (_, i) => valueAt(i)),
});
const whole = { fromMs: 0, toMs: Infinity, buckets: 100, gapMs: 1500 };

describe("downsampleMinMax", () => {
  it("passes a series that fits, unreduced", () => {
    const samples = regular(300, (i) => i % 7);
    const drawn = downsampleMinMax(samples, { ...whole, toMs: 299_000 });
    expect(drawn).toEqual({ ...samples, points: 300, pairs: 0 });
  });

  it("puts one NaN row into each gap and for missing values", () => {
    const t = Float64Array.of(0, 1000, 5000, 6000, 7000, 8000);
    const v = Float64Array.of(1, 2, 3, NaN, NaN, 4);
    const drawn = downsampleMinMax({ t, v }, { ...whole, toMs: 8000 });
    expect([...drawn.t]).toEqual([0, 1000, 3000, 5000, 6500, 8000]);
    expect([...drawn.v]).toEqual([1, 2, NaN, 3, NaN, 4]);
    expect(drawn.points).toBe(4);
  });

  it("keeps first, lowest, highest and last of every column, at their own instants", () => {
    const random = createRandom("downsample");
    const samples = regular(10_000, () => random.normal());
    const drawn = downsampleMinMax(samples, { ...whole, toMs: 10_000_000, buckets: 50 });
    expect(drawn.points).toBe(10_000);
    expect(drawn.pairs).toBe(50);
    expect(drawn.t.length).toBeLessThanOrEqual(200);
    for (let column = 0; column < 50; column++) {
      const all = samples.v.subarray(column * 200, (column + 1) * 200);
      const kept = drawn.v.subarray(lowerBound(drawn.t, column * 200_000), lowerBound(drawn.t, (column + 1) * 200_000));
      expect(extent(kept)).toEqual(extent(all));
      expect(kept[0]).toBe(all[0]);
      expect(kept.at(-1)).toBe(all.at(-1));
    }
    for (let i = 1; i < drawn.t.length; i++) expect(drawn.t[i]).toBeGreaterThan(drawn.t[i - 1] ?? NaN);
    for (let i = 0; i < drawn.t.length; i++) expect(drawn.v[i]).toBe(samples.v[(drawn.t[i] ?? NaN) / 1000]);
  });

  it("keeps a gap that spans columns and a spike of one observation", () => {
    const samples = regular(10_000, (i) => (i === 1234 ? 99 : i >= 4000 && i < 6000 ? NaN : 1));
    const drawn = downsampleMinMax(samples, { ...whole, toMs: 9_999_000 });
    expect(drawn.v).toContain(99);
    expect([...drawn.v].filter(Number.isNaN)).toHaveLength(1);
    expect(drawn.t[drawn.v.findIndex(Number.isNaN)]).toBe(4_999_500);
  });

  it("cuts to the range, both ends included", () => {
    const drawn = downsampleMinMax(
      regular(10, (i) => i),
      { ...whole, fromMs: 2000, toMs: 5000 },
    );
    expect([...drawn.v]).toEqual([2, 3, 4, 5]);
  });

  it("gives nothing for empty and all-missing series", () => {
    expect(
      downsampleMinMax(
        regular(0, () => 1),
        whole,
      ),
    ).toEqual({ t: new Float64Array(), v: new Float64Array(), points: 0, pairs: 0 });
    expect(
      downsampleMinMax(
        regular(900, () => NaN),
        { ...whole, toMs: 900_000 },
      ).t,
    ).toHaveLength(0);
  });
});
