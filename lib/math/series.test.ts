import { describe, expect, it } from "vitest";
import { indexAt, instantAt, sliceSeries, toSamples, toSeries, type Series } from "./series.ts";

const hour = 3_600_000;
const series: Series = { startAt: 10 * hour, stepMin: 60, values: Float64Array.of(0, 1, 2, 3) };

describe("series", () => {
  it("maps index to instant and back, floor within a step", () => {
    expect(instantAt(series, 2)).toBe(12 * hour);
    expect(indexAt(series, 12 * hour)).toBe(2);
    expect(indexAt(series, 13 * hour - 1)).toBe(2);
    expect(indexAt(series, 9 * hour)).toBe(-1);
  });

  it("slices half-open and never outside itself", () => {
    const part = sliceSeries(series, 10 * hour + 1, 13 * hour);
    expect(part.startAt).toBe(11 * hour);
    expect([...part.values]).toEqual([1, 2]);
    expect(sliceSeries(series, 0, hour).values).toHaveLength(0);
    expect([...sliceSeries(series, 0, 99 * hour).values]).toEqual([0, 1, 2, 3]);
  });

  it("averages irregular samples per step and leaves empty steps NaN", () => {
    const samples = {
      t: Float64Array.of(0, hour / 2, 2 * hour, 2.5 * hour, 9 * hour),
      v: Float64Array.of(1, 3, NaN, 8, 5),
    };
    const regular = toSeries(samples, { startAt: 0, stepMin: 60, count: 3 });
    expect([...regular.values]).toEqual([2, NaN, 8]);
  });

  it("returns to the same grid through samples", () => {
    const again = toSeries(toSamples(series), { startAt: series.startAt, stepMin: 60, count: 4 });
    expect(again).toEqual(series);
  });
});
