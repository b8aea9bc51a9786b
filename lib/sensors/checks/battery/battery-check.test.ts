import { describe, expect, test } from "vitest";
import type { FlagSpan } from "#lib/sensors/core/flag";
import { BatteryCheck } from "./battery-check.ts";
import { batteryLimit, isBatteryLow, MAYBE_LOW_V } from "./battery-limit.ts";

const HOUR_MS = 3_600_000;

function check(levels: readonly number[], unit: string, usualHigh: number): FlagSpan[] {
  const closed: FlagSpan[] = [];
  const battery = new BatteryCheck(batteryLimit(unit, usualHigh)!, { unit }, closed);
  levels.forEach((level, hour) => battery.push(hour * HOUR_MS, level));
  battery.finish();
  return closed;
}

describe("the kind of a battery", () => {
  test.each([
    [3.1, 2.3],
    [4.15, 3.45],
    [13.2, 11.8],
    [26.5, 23.6],
  ])("full at %s V is low at %s V", (usualHigh, low) => {
    expect(batteryLimit("V", usualHigh)?.low).toBe(low);
  });

  test("is left open where the voltage fits several, or the unit is none", () => {
    for (const volts of [1.5, 4.6, 5.1, 6.2, 48, Number.NaN]) expect(batteryLimit("V", volts)).toBeNull();
    expect(batteryLimit("", 3.1)).toBeNull();
    expect(batteryLimit("%", Number.NaN)?.low).toBe(20);
  });
});

test("whatever counts as low lies where batteries may be low", () => {
  for (const usualHigh of [3.1, 4.15, 13.2, 26.5]) {
    const { low } = batteryLimit("V", usualHigh)!;
    for (const level of [low, 0.8 * low, 0.51 * low]) {
      expect(MAYBE_LOW_V.some(({ from, below }) => level >= from && level < below)).toBe(true);
    }
  }
});

test("a level between both limits stays what it was", () => {
  const limit = batteryLimit("%", 100)!;
  expect([isBatteryLow(25, limit, false), isBatteryLow(25, limit, true), isBatteryLow(30, limit, true)]).toEqual([
    false,
    true,
    false,
  ]);
});

test("a discharge and a recharge are one span, though the voltage flickers", () => {
  const levels = [4.1, 3.9, 3.6, 3.44, 3.5, 3.4, 3.58, 3.3, 3.7, 4.1, 4.0];
  const spans = check(levels, "V", 4.1);
  expect(spans).toMatchObject([
    { check: "battery", flag: 3, startAtMs: 3 * HOUR_MS, endAtMs: 7 * HOUR_MS, pointCount: 5 },
  ]);
  expect(spans[0]!.reason).toContain("3.3 V");
  expect(check([4.1, 4.0, 3.7, 3.6], "V", 4.1)).toEqual([]);
});
