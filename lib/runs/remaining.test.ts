import { expect, test } from "vitest";
import { remainingS } from "./remaining.ts";

test("a run a quarter done after one minute needs three more, whatever earlier runs took", () => {
  expect(remainingS({ elapsedS: 60, progressFraction: 0.25, expectedDurationS: 1000 })).toBe(180);
});

test("before a tenth is done earlier runs decide", () => {
  expect(remainingS({ elapsedS: 10, progressFraction: 0.02, expectedDurationS: 100 })).toBe(90);
});

test("nothing is promised for a first run, or for one that takes longer than usual without telling its progress", () => {
  expect(remainingS({ elapsedS: 10, progressFraction: 0, expectedDurationS: null })).toBeNull();
  expect(remainingS({ elapsedS: 101, progressFraction: 0, expectedDurationS: 100 })).toBeNull();
});

test("a finished run needs nothing more", () => {
  expect(remainingS({ elapsedS: 60, progressFraction: 1, expectedDurationS: null })).toBe(0);
});
