import { expect, it } from "vitest";
import { createRandom } from "#lib/math/random";
import { propertyRule } from "../core/property-rules.ts";
import { at, daily, STEP_MS, stream } from "../testing/series.ts";
import { RangeCheck } from "./range-check.ts";

const rule = propertyRule("air_temperature", "Cel");
const judge = (values: ArrayLike<number>) =>
  stream((closed) => new RangeCheck({ rule, unit: "Cel", mergeMs: 2 * STEP_MS }, closed), values);

it("lets values inside the limits pass, the limits included", () => {
  expect(judge(daily("healthy"))).toEqual([]);
  expect(judge([rule.range.suspectMin, rule.range.suspectMax])).toEqual([]);
});

it("flags exactly the values beyond a limit, wherever they stand", () => {
  const random = createRandom("range");
  for (let round = 0; round < 20; round++) {
    const values = daily(`range ${round}`, 2);
    const index = random.integer(0, values.length - 1);
    values[index] = random.uniform(61, 84);
    expect(judge(values)).toMatchObject([{ flag: 4, startAtMs: at(index), endAtMs: at(index), pointCount: 1 }]);
  }
});

it("says of a value whether it fails, so that other checks may leave it out", () => {
  const check = new RangeCheck({ rule, unit: "Cel", mergeMs: 0 }, []);
  expect([20, 52, 61, 85, -9999].map((value, i) => check.push(at(i), value))).toEqual([false, false, true, true, true]);
});

it("scores a value the higher the further it is out", () => {
  const scores = [61, 65, 70].map((value) => judge([value])[0]!.score!);
  expect(scores).toEqual(scores.toSorted((a, b) => a - b));
  expect(scores[0]).toBeGreaterThan(1);
});
