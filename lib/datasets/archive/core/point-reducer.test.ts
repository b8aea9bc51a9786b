import { expect, it } from "vitest";
import { PointReducer } from "./point-reducer.ts";

function reduced(count: number, valueAt: (row: number) => number) {
  const reducer = new PointReducer();
  for (let row = 0; row < count; row++) reducer.push(row, valueAt(row));
  return { ...reducer.end(), rowCount: reducer.rowCount };
}

it("keeps every point of a short table", () => {
  expect(reduced(3, (row) => row * 2)).toEqual({ x: [0, 1, 2], y: [0, 2, 4], pairs: 0, rowCount: 3 });
});

it("keeps the extremes of a long one, at their places, in bounded room", () => {
  const { x, y, pairs, rowCount } = reduced(1_000_003, (row) =>
    row === 777_777 ? 99 : row === 123 ? -99 : Math.sin(row / 1000),
  );
  expect(rowCount).toBe(1_000_003);
  expect(x.length).toBeLessThanOrEqual(4_001);
  expect(x.length).toBeGreaterThan(1_000);
  expect(pairs).toBeGreaterThan(500);
  expect(x[y.indexOf(99)]).toBe(777_777);
  expect(x[y.indexOf(-99)]).toBe(123);
  expect(x.every((value, at) => at === 0 || value >= (x[at - 1] ?? 0))).toBe(true);
});

it("puts rows that come out of order in order", () => {
  const reducer = new PointReducer();
  for (const x of [3, 1, 2]) reducer.push(x, x * 10);
  expect(reducer.end()).toMatchObject({ x: [1, 2, 3], y: [10, 20, 30] });
});
