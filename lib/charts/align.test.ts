import { describe, expect, it } from "vitest";
import { alignSeries, brokenSpans, loneIndices, nearestIndex, valueNear } from "./align.ts";

describe("alignSeries", () => {
  it("joins instants, keeps gaps as null and marks absent points undefined", () => {
    const aligned = alignSeries([
      { t: [1, 3, 5], v: [10, null, 30] },
      { t: [2, 3], v: [7, 8] },
    ]);
    expect(aligned.t).toEqual([1, 2, 3, 5]);
    expect(aligned.columns).toEqual([
      [10, undefined, null, 30],
      [undefined, 7, 8, undefined],
    ]);
  });

  it("accepts no series and empty ones", () => {
    expect(alignSeries([])).toEqual({ t: [], columns: [] });
    expect(alignSeries([{ t: [], v: [] }]).columns).toEqual([[]]);
  });
});

describe("reading a value", () => {
  it("takes the nearest point, within a limit, and none in a gap", () => {
    const points = { t: [0, 10, 20], v: [1, null, 3] };
    expect(nearestIndex(points.t, 14)).toBe(1);
    expect(nearestIndex(points.t, 16)).toBe(2);
    expect(valueNear(points, 1, 5)).toBe(1);
    expect(valueNear(points, 11, 5)).toBeNull();
    expect(valueNear(points, 90, 5)).toBeNull();
    expect(valueNear({ t: [], v: [] }, 0, 5)).toBeNull();
  });
});

it("lists where a line is broken, only between known values", () => {
  expect(brokenSpans({ t: [0, 1, 2, 3, 4, 5, 6], v: [null, 1, null, null, 2, 3, null] })).toEqual([
    { startAt: 1, endAt: 4 },
  ]);
});

it("finds points between two gaps, across instants of other series", () => {
  expect(loneIndices([1, undefined, null, 2, undefined, null, 3, 4, null, undefined, 5])).toEqual([0, 3, 10]);
  expect(loneIndices([1, undefined, 2])).toEqual([]);
  expect(loneIndices([undefined, 7])).toEqual([1]);
});
