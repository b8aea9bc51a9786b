import { expect, it } from "vitest";
import { residualOf, type ResidualSource } from "./residual.ts";

const source = (t: number[], v: number[], part: Partial<ResidualSource> = {}): ResidualSource => ({
  samples: { t: Float64Array.from(t), v: Float64Array.from(v) },
  bucketMs: 0,
  gapMs: 25,
  ...part,
});
const rows = ({ t, v }: { t: Float64Array; v: Float64Array }) => Array.from(t, (at, i) => [at, v[i]]);

it("compares each observation with the reference interpolated to its instant", () => {
  expect(rows(residualOf(source([10, 15, 20], [5, 5, 5]), source([10, 20], [1, 3])))).toEqual([
    [10, 4],
    [15, 3],
    [20, 2],
  ]);
});

it("says nothing inside a gap of the reference or beyond its ends", () => {
  const residual = residualOf(source([0, 10, 50, 100, 110], [1, 1, 1, 1, 1]), source([10, 100], [0, 0]));
  expect(rows(residual).map(([at]) => at)).toEqual([10, 100]);
});

it("holds daily means against daily means, however fine the other side is", () => {
  const reference = source([1, 5, 9, 12, 18], [1, 2, 3, 10, 20]);
  const observed = source([5, 15], [4, 16], { bucketMs: 10 });
  expect(rows(residualOf(observed, reference))).toEqual([
    [5, 2],
    [15, 1],
  ]);
});

it("is empty without observations or without reference", () => {
  expect(residualOf(source([], []), source([1], [1])).t).toHaveLength(0);
  expect(residualOf(source([1], [1]), source([], [])).t).toHaveLength(0);
});
