import { describe, expect, it } from "vitest";
import { median } from "#lib/math/quantile";
import { createRandom } from "#lib/math/random";
import { OnlineDetector } from "./online-detector.ts";
import { RunningQuantiles } from "./running-quantiles.ts";
import { usualStepMs } from "./usual-step.ts";

const STEP_MS = 300_000;
const DAY = 288;

/** Ten days with a daily wave. */
function stream(): Float64Array {
  const random = createRandom("online");
  return Float64Array.from(
    { length: 10 * DAY },
    (_, i) => 20 + 5 * Math.sin((2 * Math.PI * i) / DAY) + random.normal(0, 0.2),
  );
}

function scoresOf(values: Float64Array): Float64Array {
  const detector = new OnlineDetector(STEP_MS);
  return values.map((value, i) => detector.push(i * STEP_MS, value));
}

describe("OnlineDetector", () => {
  it("sees only the past: later values change no earlier score", () => {
    const values = stream();
    const changed = values.map((value, i) => (i > 2000 ? value * 3 : value));
    expect([...scoresOf(changed).subarray(0, 2001)]).toEqual([...scoresOf(values).subarray(0, 2001)]);
  });

  it("scores a level that is usual, but not at this hour, above everything ordinary", () => {
    const values = stream();
    const night = 6 * DAY + 210;
    values.fill(25, night, night + 12);
    const scores = scoresOf(values);
    const ordinary = Math.max(...scores.subarray(3 * DAY, night));
    expect(Math.max(...scores.subarray(night, night + 12))).toBeGreaterThan(1.5 * ordinary);
  });

  it("reports one event once", () => {
    const values = stream();
    values.fill(60, 2000, 2020);
    const reported = scoresOf(values)
      .subarray(2000, 2140)
      .filter((score) => score > 5);
    expect(reported.length).toBeGreaterThan(0);
    expect(reported.length).toBeLessThan(25);
  });

  it("does not care for unit and zero of the values, up to rounding", () => {
    const scores = scoresOf(stream());
    const other = scoresOf(stream().map((value) => value * 1.8 + 32));
    scores.forEach((score, i) => expect(other[i]).toBeCloseTo(score, 5));
  });

  it("stays finite on constant, missing and single values", () => {
    const holes = stream().map((value, i) => (i % 7 === 0 ? Number.NaN : value));
    for (const values of [new Float64Array(600).fill(3), holes, new Float64Array(1)]) {
      expect([...scoresOf(values)].every((score) => Number.isFinite(score) && score >= 0)).toBe(true);
    }
  });
});

describe("RunningQuantiles", () => {
  it("forgets the oldest values", () => {
    const random = createRandom("quantiles");
    const values = Float64Array.from({ length: 1000 }, () => random.integer(0, 50));
    const running = new RunningQuantiles(301);
    values.forEach((value) => running.add(value));
    expect(running.size).toBe(301);
    expect(running.quantile(0.5)).toBe(median(values.subarray(699)));
    expect(new RunningQuantiles(5).quantile(0.5)).toBeNaN();
  });
});

describe("usualStepMs", () => {
  it("is not lengthened by gaps", () => {
    expect(usualStepMs(Float64Array.of(0, 5, 10, 30, 35, 70, 100))).toBe(5);
    expect(usualStepMs(new Float64Array(3))).toBeNaN();
  });
});
