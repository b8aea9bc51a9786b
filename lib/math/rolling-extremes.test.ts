import { describe, expect, it } from "vitest";
import { rollingMax, rollingMin } from "./rolling-extremes.ts";

describe("rolling extremes", () => {
  const values = Float64Array.of(3, 1, 4, 1, 5);

  it("take the window as far as the series goes", () => {
    expect([...rollingMax(values, 1)]).toEqual([3, 4, 4, 5, 5]);
    expect([...rollingMin(values, 1)]).toEqual([1, 1, 1, 1, 1]);
    expect([...rollingMax(values, 9)]).toEqual([5, 5, 5, 5, 5]);
  });

  it("are the series itself without reach, and nothing of nothing", () => {
    expect([...rollingMin(values, 0)]).toEqual([...values]);
    expect(rollingMax(new Float64Array(0), 3)).toHaveLength(0);
  });
});
