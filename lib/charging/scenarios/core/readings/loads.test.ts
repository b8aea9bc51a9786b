import { expect, test } from "vitest";
import { readForecast, toQuarterHours } from "./loads.ts";
import { readResult } from "./read-result.ts";

test("minutes become means over quarter hours, and the energy stays", () => {
  const perMinute = Array.from({ length: 1440 }, (_, minute) => minute % 17);
  const quarters = toQuarterHours(perMinute, 1);
  expect(quarters).toHaveLength(96);
  const energyKwh = (load: readonly number[], stepH: number) => load.reduce((sum, kw) => sum + kw * stepH, 0);
  expect(energyKwh(quarters, 0.25)).toBeCloseTo(energyKwh(perMinute, 1 / 60), 9);
  expect(toQuarterHours(quarters, 15)).toEqual(quarters);
});

test("a forecast stands with its peaks and energies by kind of day", () => {
  const load = Array.from({ length: 96 }, (_, slot) => (slot === 70 ? 8 : 4));
  const day = { daysPerYear: 261, segments: [], totalKw: load, lowKw: [], highKw: [] };
  const reading = readForecast({
    ...{ modelName: "m", evCount: 10, stepMin: 15, areas: [], annualEnergyKwh: null, notes: [] },
    days: [{ ...day, dayType: "weekday", peakKw: 8, peakAtMin: 1050, energyKwh: 97 }],
  });
  expect(reading.figures).toContainEqual({ group: "Load, weekday", name: "Peak at", unit: "h", value: 17.5 });
  expect(reading.series).toEqual([{ name: "Load, weekday", unit: "kW", axis: "quarter-hour", first: 0, values: load }]);
});

test("what is of no known shape is not read", () => {
  expect(readResult("forecast-load", { days: 3 })).toBeNull();
  expect(readResult("clean-table", {})).toBeNull();
});
