import { expect, test } from "vitest";
import { retryDelayMin, STEP_ATTEMPTS_MAX } from "./retry-delay.ts";

test("a source that is away is asked again, later and later, and not for ever", () => {
  const delays = Array.from({ length: STEP_ATTEMPTS_MAX }, (_, i) => retryDelayMin("unavailable", i + 1));
  expect(delays).toEqual([1, 5, 20, 60, null]);
});

test("what does not pass by itself waits for a person at once", () => {
  expect(retryDelayMin("unprocessable", 1)).toBeNull();
  expect(retryDelayMin(null, 1)).toBeNull();
});
