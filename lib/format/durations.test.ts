import { expect, it } from "vitest";
import { formatAge } from "./ages.ts";
import { formatClock, formatDuration } from "./durations.ts";

it("names at most two units", () => {
  const cases: [number, string][] = [
    [0, "0 s"],
    [0.04, "40 ms"],
    [0.8, "0.8 s"],
    [2.7, "2.7 s"],
    [9.97, "10 s"],
    [38, "38 s"],
    [59.7, "1 min"],
    [250, "4 min 10 s"],
    [3600, "1 h"],
    [3599.9, "1 h"],
    [4320, "1 h 12 min"],
    [86_399, "1 d"],
    [183_600, "2 d 3 h"],
  ];
  for (const [durationS, text] of cases) expect(formatDuration(durationS)).toBe(text);
});

it("shows a dash for an unknown length", () => {
  for (const value of [null, undefined, NaN, Infinity]) {
    expect(formatDuration(value)).toBe("–");
    expect(formatClock(value)).toBe("–");
  }
});

it("runs a clock with whole seconds", () => {
  expect(formatClock(42.9)).toBe("0:42");
  expect(formatClock(258)).toBe("4:18");
  expect(formatClock(3850)).toBe("1:04:10");
});

it("names an age in one unit, rounding down", () => {
  const now = "2026-11-18T14:05:00Z";
  expect(formatAge("2026-11-18T14:04:57Z", now)).toBe("3 s");
  expect(formatAge("2026-11-18T13:58:30Z", now)).toBe("6 min");
  expect(formatAge("2026-11-18T02:10:00Z", now)).toBe("11 h");
  expect(formatAge("2026-11-17T14:05:00Z", now)).toBe("1 d");
  expect(formatAge("2026-08-16T14:05:00Z", now)).toBe("94 d");
  expect(formatAge("2024-08-16T14:05:00Z", now)).toBe("2 y");
});

it("counts an instant ahead of the clock as 0 s and a missing one as a dash", () => {
  expect(formatAge("2026-11-18T14:06:00Z", "2026-11-18T14:05:00Z")).toBe("0 s");
  expect(formatAge(null, 0)).toBe("–");
  expect(formatAge("nonsense", 0)).toBe("–");
});
