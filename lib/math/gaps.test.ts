import { describe, expect, it } from "vitest";
import { gapThresholdMs, learnStepMs, listGaps } from "./gaps.ts";
import { createRandom } from "./random.ts";

const minute = 60_000;
const every = (stepMin: number, count: number, startMin = 0) =>
  Array.from({ length: count }, (_, i) => (startMin + i * stepMin) * minute);

describe("learnStepMs", () => {
  it("finds the step of a regular series with holes", () => {
    expect(learnStepMs([...every(15, 20), ...every(15, 20, 900), ...every(15, 5, 5000)])).toBe(15 * minute);
  });

  it("finds the usual step when half of the observations were lost", () => {
    const random = createRandom("lost");
    expect(learnStepMs(every(10, 400).filter(() => random.uniform() > 0.5))).toBe(10 * minute);
  });

  it("tolerates jitter and repeated instants", () => {
    const random = createRandom("jitter");
    const t = every(5, 300)
      .flatMap((at) => [at + random.uniform(-9000, 9000)])
      .flatMap((at) => [at, at]);
    expect(Math.abs(learnStepMs(t) - 5 * minute)).toBeLessThan(15_000);
  });

  it("keeps steps below a second", () => {
    expect(learnStepMs([0, 100, 200, 300])).toBe(100);
  });

  it("is unknown for less than two instants", () => {
    expect(learnStepMs([])).toBeNaN();
    expect(learnStepMs([5, 5])).toBeNaN();
    expect(gapThresholdMs(NaN)).toBe(Infinity);
  });
});

describe("listGaps", () => {
  it("lists each hole with the number of missing observations", () => {
    const t = [...every(15, 4), ...every(15, 4, 120)];
    expect(listGaps(t)).toEqual([{ fromMs: 45 * minute, toMs: 120 * minute, missing: 4 }]);
  });

  it("counts missing values as not observed", () => {
    const t = every(10, 6);
    expect(listGaps(t, { v: [1, NaN, NaN, 4, 5, 6] })).toEqual([{ fromMs: 0, toMs: 30 * minute, missing: 2 }]);
  });

  it("finds none in an empty or single-value series", () => {
    expect(listGaps([])).toEqual([]);
    expect(listGaps([1])).toEqual([]);
  });
});
