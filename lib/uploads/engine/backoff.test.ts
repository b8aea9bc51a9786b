import { expect, it } from "vitest";
import { backoffMs } from "./backoff.ts";

it("doubles up to half a minute and spreads over the upper half", () => {
  const delays = [1, 2, 3, 10].map((attempt) => [0, 1].map((random) => backoffMs({ attempt, random })));
  expect(delays).toEqual([
    [250, 500],
    [500, 1000],
    [1000, 2000],
    [15_000, 30_000],
  ]);
});

it("is never shorter than Retry-After", () => {
  expect(backoffMs({ attempt: 1, random: 0, retryAfterMs: 60_000 })).toBe(60_000);
});
