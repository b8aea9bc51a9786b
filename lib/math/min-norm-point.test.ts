import { describe, expect, it } from "vitest";
import { findMinNormPoint } from "./min-norm-point.ts";

function nearestOf(corners: number[][]) {
  const points = corners.map((corner) => Float64Array.from(corner));
  return findMinNormPoint<Float64Array>({
    start: [{ point: points[0]!, weight: 1 }],
    vectorOf: (point) => point,
    cheapest: (cost) => {
      const worth = points.map((point) => point.reduce((sum, value, k) => sum + value * cost[k]!, 0));
      const bound = Math.min(...worth);
      return { point: points[worth.indexOf(bound)]!, bound };
    },
    gapMax: 1e-14,
    roundsMax: 200,
  });
}

describe("findMinNormPoint", () => {
  it("finds the foot of the perpendicular on a segment", () => {
    const { vector } = nearestOf([
      [0, 2],
      [2, 0],
    ]);
    expect([...vector].map((value) => Math.round(value * 1e12) / 1e12)).toEqual([1, 1]);
  });

  it("stays at a corner when that is nearest", () => {
    const { vector, parts } = nearestOf([
      [3, 3],
      [1, 1],
      [4, 0.5],
    ]);
    expect([...vector]).toEqual([1, 1]);
    expect(parts).toHaveLength(1);
  });

  it("drops corners that it took first and does not need", () => {
    const { vector, parts, gap } = nearestOf([
      [10, 10, 1],
      [0, 4, 1],
      [4, 0, 1],
      [1, 1, 1],
    ]);
    expect([...vector].map((value) => Math.round(value * 1e9) / 1e9)).toEqual([1, 1, 1]);
    expect(parts.map(({ weight }) => weight)).toEqual([1]);
    expect(gap).toBeLessThan(1e-14);
  });

  it("answers the origin when the polytope holds it", () => {
    const { vector } = nearestOf([
      [1, 1],
      [-1, 1],
      [0, -1],
    ]);
    expect(Math.hypot(...vector)).toBeLessThan(1e-9);
  });
});
