import { expect, it } from "vitest";
import { SCORE_PARTS, scoreOf, scoredValues } from "./score.ts";

const NOTHING = {
  drivingS: 3600,
  distanceKm: 100,
  overspeedS: 0,
  neutralSlideS: 0,
  rapidSpeedupCount: 0,
  rapidSlowdownCount: 0,
  fatigueCount: 0,
  throttleStopCount: 0,
};
const WEIGHTS = { overspeed: 3, harsh: 2, fatigue: 2, slide: 1, throttleStop: 1 };
const ONLY_OVERSPEED = { overspeed: 1, harsh: 0, fatigue: 0, slide: 0, throttleStop: 0 };

it("is 100 without any event and 50 for a part at its half", () => {
  expect(scoreOf(NOTHING, WEIGHTS)).toBe(100);
  const atHalf = { ...NOTHING, overspeedS: (3600 * SCORE_PARTS.overspeed.half) / 100 };
  expect(scoreOf(atHalf, ONLY_OVERSPEED)).toBe(50);
  expect(scoreOf(atHalf, WEIGHTS)).toBeCloseTo((3 * 50 + 6 * 100) / 9);
});

it("falls with every further event and never to nothing", () => {
  const scores = [0, 10, 100, 1000].map((count) => scoreOf({ ...NOTHING, fatigueCount: count }, WEIGHTS) ?? NaN);
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  expect(new Set(scores).size).toBe(4);
  expect(scores.at(-1)).toBeGreaterThan(0);
});

it("does not judge without enough driving or without weights", () => {
  expect(scoredValues({ ...NOTHING, distanceKm: 0.5 })).toBeNull();
  expect(scoreOf({ ...NOTHING, drivingS: 0 }, WEIGHTS)).toBeNull();
  expect(scoreOf(NOTHING, { ...ONLY_OVERSPEED, overspeed: 0 })).toBeNull();
});
