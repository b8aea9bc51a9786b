import { expect, it } from "vitest";
import { createRandom } from "#lib/math/random";
import { learnUsualDifference, referenceScore } from "./reference-residual-check.ts";

const HOURS = 24 * 20;
const hourOfDay = Uint8Array.from({ length: HOURS }, (_, hour) => hour % 24);

/** Difference of a sunny wall: seven degrees at noon, nothing on average, with noise. */
function wall(seed: string): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: HOURS }, (_, i) => 7 * Math.sin((i / 24) * 2 * Math.PI) + random.normal(0, 0.5));
}

const beyond = (difference: Float64Array) => {
  const usual = learnUsualDifference(difference, hourOfDay)!;
  const scores = difference.map((value, t) => referenceScore(value, hourOfDay[t]!, { usual, accuracy: 0.5 }));
  return [...scores.keys()].filter((t) => scores[t]! > 1);
};

it("lets the daily course of a place pass, however large", () => {
  for (let seed = 0; seed < 10; seed++) expect(beyond(wall(`wall ${seed}`))).toEqual([]);
});

it("finds the hours that are off, up and down, and only those", () => {
  for (const size of [9, -9]) {
    const difference = wall("off").map((value, t) => (t >= 200 && t < 212 ? value + size : value));
    expect(beyond(difference)).toEqual(Array.from({ length: 12 }, (_, i) => 200 + i));
  }
});

it("learns the usual difference of each hour although a day in ten is wrong", () => {
  const difference = wall("mixed").map((value, t) => (t >= 240 && t < 288 ? value + 20 : value));
  const { byHour } = learnUsualDifference(difference, hourOfDay)!;
  byHour.forEach((value, hour) => expect(value).toBeCloseTo(7 * Math.sin((hour / 24) * 2 * Math.PI), 0));
});

it("a fault that lasts does not widen what is usual from day to day", () => {
  const clean = learnUsualDifference(wall("long"), hourOfDay)!;
  const lasting = learnUsualDifference(
    wall("long").map((value, t) => (t >= 200 ? value + 6 : value)),
    hourOfDay,
  )!;
  expect(lasting.sd).toBeGreaterThan(3 * clean.sd);
  expect(lasting.dailySd).toBeLessThan(1.5 * clean.dailySd);
});

it("needs three days, and judges no missing hour", () => {
  expect(learnUsualDifference(wall("short").fill(Number.NaN, 71), hourOfDay)).toBeNull();
  const usual = learnUsualDifference(wall("gap"), hourOfDay)!;
  expect(referenceScore(Number.NaN, 3, { usual, accuracy: 0.5 })).toBeNaN();
});

it("never flags less than four accuracies of the sensor, however steady the difference", () => {
  const usual = learnUsualDifference(new Float64Array(HOURS), hourOfDay)!;
  expect(referenceScore(1.9, 0, { usual, accuracy: 0.5 })).toBeLessThan(1);
  expect(referenceScore(2.1, 0, { usual, accuracy: 0.5 })).toBeGreaterThan(1);
});
