import { describe, expect, it } from "vitest";
import { yRangeOf } from "./y-range.ts";

const bulk = Array.from({ length: 500 }, (_, i) => 10 + (i % 20));

describe("yRangeOf", () => {
  it("holds every value of an ordinary series and starts amounts at 0", () => {
    const range = yRangeOf([...bulk, 55], { fromZero: true });
    expect(range.min).toBe(0);
    expect(range.max).toBeGreaterThan(55);
    expect(range.outside).toBe(0);
  });

  it("is not flattened by error codes and says how many points it leaves out", () => {
    const range = yRangeOf([...bulk, -999, -999]);
    expect(range.min).toBeGreaterThan(-20);
    expect(range.outside).toBe(2);
  });

  it("gives a constant, a negative amount and nothing a usable axis", () => {
    expect(yRangeOf([5, 5])).toMatchObject({ outside: 0 });
    expect(yRangeOf([5, 5]).max).toBeGreaterThan(5);
    expect(yRangeOf([-3, 4], { fromZero: true }).min).toBeLessThan(-3);
    expect(yRangeOf([NaN])).toEqual({ min: 0, max: 1, outside: 0 });
  });
});
