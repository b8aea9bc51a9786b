import { expect, it } from "vitest";
import { ROW_PX, SCROLL_PX_MAX, scrollScale } from "./scroll-scale.ts";

it("is pixel for pixel while a browser can draw it", () => {
  const scale = scrollScale(10_000, 400);
  expect(scale).toMatchObject({ heightPx: 200_000, isScaled: false });
  expect([scale.toOffset(1234), scale.toScrollTop(1234)]).toEqual([1234, 1234]);
});

it("reaches the first and the last line of a log of five million", () => {
  const scale = scrollScale(5_000_000, 400);
  expect(scale).toMatchObject({ heightPx: SCROLL_PX_MAX, isScaled: true });
  expect(scale.toOffset(0)).toBe(0);
  expect(scale.toOffset(SCROLL_PX_MAX - 400)).toBeCloseTo(5_000_000 * ROW_PX - 400, 3);
  expect(scale.toOffset(scale.toScrollTop(40_000_000))).toBeCloseTo(40_000_000, 3);
  expect([scale.clamp(-5), scale.clamp(1e12)]).toEqual([0, 5_000_000 * ROW_PX - 400]);
});

it("does not scroll what fits", () => {
  expect(scrollScale(3, 400).clamp(50)).toBe(0);
});
