import { describe, expect, it } from "vitest";
import { normalTail } from "./normal-tail.ts";

describe("normalTail", () => {
  // Tables: Abramowitz and Stegun 26.1, and the tail at ten standard deviations.
  it.each([
    [0, 0.5],
    [1, 0.15865525393145707],
    [2.5, 0.006209665325776132],
    [3, 0.0013498980316300933],
    [5, 2.866515719e-7],
    [10, 7.619853024e-24],
    [-1, 0.8413447460685429],
  ])("at %d is %d", (z, tail) => {
    expect(normalTail(z) / tail).toBeCloseTo(1, 6);
  });

  it("is continuous where the method changes", () => {
    expect(normalTail(3 - 1e-12) / normalTail(3 + 1e-12)).toBeCloseTo(1, 8);
  });

  it("ends at 1, 0 and not a number", () => {
    expect(normalTail(-40)).toBe(1);
    expect(normalTail(Infinity)).toBe(0);
    expect(normalTail(NaN)).toBeNaN();
  });
});
