import { expect, it } from "vitest";
import { createRandom } from "#lib/math/random";
import { at, daily, profileOf, stream } from "../testing/series.ts";
import { GapCheck } from "./gap-check.ts";

const profile = profileOf(daily("gap"));
const judge = (values: ArrayLike<number>, instant?: (index: number) => number) =>
  stream(
    (closed) => {
      const check = new GapCheck(profile, { gapSteps: 3 }, closed);
      return { push: (atMs, value) => check.push(atMs, Number.isNaN(value)), finish: () => check.finish() };
    },
    values,
    instant,
  );

it("reports the same gap whether values are missing or were never sent", () => {
  const random = createRandom("gap");
  for (let round = 0; round < 20; round++) {
    const [from, length] = [random.integer(5, 50), random.integer(3, 40)];
    const withNaN = Float64Array.from({ length: 100 }, (_, i) => (i >= from && i < from + length ? Number.NaN : i));
    const gap = { flag: 9, startAtMs: at(from - 1), endAtMs: at(from + length), pointCount: length };
    expect(judge(withNaN)).toMatchObject([gap]);
    const sent = Float64Array.from({ length: 100 - length }, (_, i) => i);
    expect(judge(sent, (index) => at(index < from ? index : index + length))).toMatchObject([gap]);
  }
});

it("takes jitter below the limit as no gap, and one missing stretch at either edge as one", () => {
  expect(judge([1, Number.NaN, Number.NaN, 2])).toEqual([]);
  const missing = new Float64Array(10).fill(Number.NaN);
  expect(judge([...missing, 1])).toMatchObject([{ startAtMs: at(0), endAtMs: at(10), pointCount: 10 }]);
  expect(judge([1, ...missing])).toMatchObject([{ startAtMs: at(0), endAtMs: at(10), pointCount: 10 }]);
});
