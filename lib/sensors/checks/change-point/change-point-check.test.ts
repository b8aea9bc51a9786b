import { describe, expect, it } from "vitest";
import { createRandom } from "#lib/math/random";
import { findChangePoints } from "./change-point-check.ts";

const HOURS = 24 * 28;
const SIGMA = 0.5;

/** Healthy difference to the neighbours, its usual level taken out: noise and a habit of the afternoon. */
function residual(seed: string): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: HOURS }, (_, i) => (i % 24 > 12 ? 0.3 : -0.3) + random.normal(0, 0.4));
}

const found = (values: Float64Array) => findChangePoints(values, SIGMA).filter(({ score }) => score > 1);
const within = (hours: number, hour: number, expected: number) =>
  expect(Math.abs(hour - expected)).toBeLessThanOrEqual(hours);

describe("findChangePoints", () => {
  it("leaves a healthy residual alone", () => {
    for (let seed = 0; seed < 10; seed++) expect(found(residual(`healthy ${seed}`))).toEqual([]);
  });

  it("finds a bias over its whole span, with its side", () => {
    for (const size of [3, -3]) {
      const spans = found(residual("bias").map((value, i) => value + (i >= 200 && i < 400 ? size : 0)));
      expect(spans).toMatchObject([{ kind: "bias" }]);
      expect(Math.sign(spans[0]!.size)).toBe(Math.sign(size));
      within(2, spans[0]!.start, 200);
      within(2, spans[0]!.end, 400);
    }
  });

  it("finds a drift from soon after its begin to its end, and how far it went", () => {
    const spans = found(residual("drift").map((value, i) => value + (i >= 300 && i < 540 ? (i - 300) / 40 : 0)));
    expect(spans).toMatchObject([{ kind: "drift" }]);
    within(30, spans[0]!.start, 300);
    within(2, spans[0]!.end, 540);
    within(1, spans[0]!.size, 6);
  });

  it("says nothing of missing hours, of none, and of a residual without any usual size", () => {
    expect(found(new Float64Array(HOURS).fill(Number.NaN))).toEqual([]);
    expect(found(new Float64Array(0))).toEqual([]);
    expect(findChangePoints(new Float64Array(HOURS), 0)).toEqual([]);
  });
});
