import { expect, test } from "vitest";
import { positionAt, timelineOf, type Playback } from "./playback.ts";

const playback: Playback = { fromMs: 1000, toMs: 61_000, startedAtMs: 500, speed: 60, isLooping: false };

test("recorded time runs at the speed asked for and stops at the end", () => {
  expect(positionAt(playback, 500)).toEqual({ positionMs: 1000, pass: 0, isOver: false });
  expect(positionAt(playback, 1000)).toEqual({ positionMs: 31_000, pass: 0, isOver: false });
  expect(positionAt(playback, 9000)).toEqual({ positionMs: 61_000, pass: 0, isOver: true });
});

test("a loop begins again", () => {
  expect(positionAt({ ...playback, isLooping: true }, 2000)).toEqual({ positionMs: 31_000, pass: 1, isOver: false });
});

test("a silence is shortened and a step back takes no time", () => {
  expect(Array.from(timelineOf([0, 10_000, 500_000, 20_000, 25_000], 60))).toEqual([0, 10_000, 70_000, 70_000, 75_000]);
});
