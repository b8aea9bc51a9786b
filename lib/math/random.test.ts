import { describe, expect, it } from "vitest";
import { createRandom } from "./random.ts";
import { momentsOf } from "./stats.ts";

const draws = (seed: string, count: number) => {
  const random = createRandom(seed);
  return Float64Array.from({ length: count }, () => random.uniform());
};

describe("createRandom", () => {
  it("repeats itself for the same seed and differs for the next", () => {
    expect(draws("a", 50)).toEqual(draws("a", 50));
    expect(draws("a", 5)).not.toEqual(draws("b", 5));
    expect(draws("", 5)).not.toEqual(draws("0", 5));
  });

  it("keeps its sequence from release to release", () => {
    const random = createRandom("fieldport");
    expect([random.integer(0, 999), random.integer(0, 999), random.integer(0, 999)]).toMatchInlineSnapshot(`
      [
        670,
        804,
        760,
      ]
    `);
  });

  it("is uniform on [0, 1)", () => {
    const values = draws("uniform", 50_000);
    const counts = new Array<number>(10).fill(0);
    for (const value of values) counts[Math.floor(value * 10)]! += 1;
    for (const count of counts) expect(Math.abs(count - 5000)).toBeLessThan(300);
  });

  it("is normal with the asked mean and deviation", () => {
    const random = createRandom("normal");
    const moments = momentsOf(Float64Array.from({ length: 50_000 }, () => random.normal(5, 2)));
    expect(moments.mean).toBeCloseTo(5, 1);
    expect(moments.standardDeviation).toBeCloseTo(2, 1);
  });

  it("reaches both ends of an integer range and nothing beyond", () => {
    const random = createRandom("integer");
    const seen = new Set(Array.from({ length: 500 }, () => random.integer(-1, 2)));
    expect([...seen].sort((a, b) => a - b)).toEqual([-1, 0, 1, 2]);
  });

  it("shuffles a copy that holds the same items", () => {
    const items = Array.from({ length: 20 }, (_, i) => i);
    const shuffled = createRandom("shuffle").shuffle(items);
    expect(shuffled).not.toEqual(items);
    expect(shuffled.toSorted((a, b) => a - b)).toEqual(items);
  });

  it("forks without moving its own sequence", () => {
    const random = createRandom("parent");
    const child = random.fork("child");
    child.uniform();
    expect(random.uniform()).toBe(createRandom("parent").uniform());
    expect(random.fork("child").uniform()).toBe(createRandom("parent").fork("child").uniform());
  });
});
