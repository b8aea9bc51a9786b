import { expect, it } from "vitest";
import { createRandom } from "#lib/math/random";
import { usualLevel } from "./usual-level.ts";

const HOURS = 24 * 30;
const SD = 0.5;

function residual(change: (hour: number) => number, seed = "level"): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: HOURS }, (_, hour) => random.normal(0, SD) + change(hour));
}

it("is zero for a healthy record", () => {
  for (let seed = 0; seed < 20; seed++)
    expect(
      usualLevel(
        residual(() => 0, `healthy ${seed}`),
        SD,
      ),
    ).toBe(0);
});

it("is the healthy days' level although a drift or another level fills half of the record", () => {
  const drift = (hour: number) => Math.max(0, (hour - 240) / 80) - 1.5;
  expect(usualLevel(residual(drift), SD)).toBeCloseTo(-1.5, 0);
  const later = (hour: number) => (hour < 380 ? -2 : 2);
  expect(usualLevel(residual(later), SD)).toBeCloseTo(-2, 0);
});

it("of two levels that as many days share it is the earlier", () => {
  const halves = residual((hour) => (hour < 360 ? -2 : 2));
  expect(usualLevel(halves, 2 * SD)).toBeCloseTo(-2, 0);
});

it("needs half a day to know a day, and no day is no level", () => {
  expect(usualLevel(new Float64Array(HOURS).fill(Number.NaN), SD)).toBe(0);
  const sparse = residual(() => 5).map((value, hour) => (hour % 24 < 11 ? value : Number.NaN));
  expect(usualLevel(sparse, SD)).toBe(0);
});
