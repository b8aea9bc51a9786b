import { describe, expect, it } from "vitest";
import { averagePrecision } from "./average-precision.ts";
import { vusPr } from "./vus-pr.ts";

const DAY = 96;

function series(length: number, ...spans: [number, number][]): Uint8Array {
  const marks = new Uint8Array(length);
  for (const [start, end] of spans) marks.fill(1, start, end);
  return marks;
}

describe("averagePrecision", () => {
  it("follows the hand-worked ranking", () => {
    // Ranks: hit, miss, hit, miss: (1/1 + 2/3) / 2.
    expect(averagePrecision({ scores: [4, 3, 2, 1], labels: [1, 0, 1, 0] })).toBeCloseTo(5 / 6, 12);
  });

  it("gives a constant score, and one that is missing throughout, the share of labelled rows", () => {
    expect(averagePrecision({ scores: [7, 7, 7, 7], labels: [0, 1, 0, 0] })).toBe(0.25);
    expect(averagePrecision({ scores: [NaN, NaN, NaN, NaN], labels: [0, 1, 0, 0] })).toBe(0.25);
  });

  it("ranks missing scores last, does not change with the scale, and is undefined without labels", () => {
    expect(averagePrecision({ scores: [NaN, 1, 0], labels: [0, 1, 0] })).toBe(1);
    expect(averagePrecision({ scores: [NaN, -1, -2], labels: [1, 0, 0] })).toBeCloseTo(1 / 3, 12);
    expect(averagePrecision({ scores: [1, 2], labels: [0, 0] })).toBeNaN();
  });
});

describe("vusPr", () => {
  it("gives a constant score the mean soft share of labelled rows", () => {
    // Buffers 0, 1, 2 around one row of 100: soft mass 1, 1, 1 + 2·√½.
    const labels = series(100, [50, 51]);
    const expected = (1 + 1 + 1 + 2 * Math.SQRT1_2) / 3 / 100;
    expect(vusPr({ scores: new Float64Array(100), labels }, DAY)).toBeCloseTo(expected, 12);
  });

  it("rewards hitting the event over hitting beside it, and beside it over far away", () => {
    const labels = series(400, [200, 220]);
    const at = (start: number) => vusPr({ scores: series(400, [start, start + 20]), labels }, DAY);
    expect(at(200)).toBeGreaterThan(at(212));
    expect(at(212)).toBeGreaterThan(at(300));
  });

  it("gives less for one of two events than for both", () => {
    const labels = series(1000, [100, 110], [600, 610]);
    const one = vusPr({ scores: series(1000, [100, 110]), labels }, DAY);
    expect(one).toBeLessThan(0.75 * vusPr({ scores: labels, labels }, DAY));
  });

  it("draws many distinct scores like few", () => {
    const labels = series(2000, [500, 520]);
    const coarse = Float64Array.from(labels);
    const fine = coarse.map((score, i) => score + ((i * 7919) % 2000) / 1e7);
    const difference = vusPr({ scores: fine, labels }, DAY) - vusPr({ scores: coarse, labels }, DAY);
    expect(Math.abs(difference)).toBeLessThan(0.08);
  });
});
