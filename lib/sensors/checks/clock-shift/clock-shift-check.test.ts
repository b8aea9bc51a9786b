import { describe, expect, it } from "vitest";
import { createRandom } from "#lib/math/random";
import { robustStandardDeviation } from "#lib/math/stats";
import { findClockShifts } from "./clock-shift-check.ts";

const HOURS = 24 * 24;
/** Weather of a town, hour by hour: what all stations share. */
const town = (() => {
  const random = createRandom("clock");
  let level = 8;
  return Float64Array.from({ length: HOURS + 24 }, (_, hour) => {
    level = 8 + 0.98 * (level - 8) + random.normal(0, 0.3);
    return level + 4 * Math.sin(((hour - 9) / 24) * 2 * Math.PI);
  });
})();

function found(valueAt: (hour: number) => number) {
  const random = createRandom("clock noise");
  const own = Float64Array.from({ length: HOURS }, (_, hour) => valueAt(hour) + random.normal(0, 0.2));
  const sigma = Math.max(0.5, robustStandardDeviation(own.map((value, hour) => value - town[hour]!)) || 0);
  return findClockShifts(own, town.slice(0, HOURS), sigma).filter(({ score }) => score > 1);
}

describe("findClockShifts", () => {
  it("leaves a right clock alone, also one of a house that is an hour early", () => {
    expect(found((hour) => town[hour]!)).toEqual([]);
    expect(found((hour) => town[hour + 1]!)).toEqual([]);
  });

  it.each([5, -4, 9])("finds a clock %i hours off over its span, with its side", (lag) => {
    const spans = found((hour) => (hour >= 200 && hour < 400 ? town[hour + lag]! : town[hour]!));
    expect(spans).toMatchObject([{ kind: "clock_shift", size: lag }]);
    expect(Math.abs(spans[0]!.start - 200)).toBeLessThanOrEqual(6);
    expect(Math.abs(spans[0]!.end - 400)).toBeLessThanOrEqual(6);
  });

  it("takes neither a constant, noise nor missing values for a shift", () => {
    const random = createRandom("noise");
    expect(found(() => 7)).toEqual([]);
    expect(found(() => random.normal(8, 5))).toEqual([]);
    expect(found(() => Number.NaN)).toEqual([]);
  });
});
