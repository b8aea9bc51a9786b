import { expect, test } from "vitest";
import { adoptedVehicles } from "./adopted-vehicles.ts";

const row = (county: string, year: number, counts: { evCount?: number; shareFraction?: number }) => ({
  ...{ county, year, evCount: null, shareFraction: null },
  ...counts,
});
const TABLE = [
  row("Marin", 2030, { evCount: 12_000 }),
  row("Kern", 2030, { shareFraction: 0.25 }),
  row("Marin", 2025, { evCount: 5_000 }),
];

test("numbers stand as they are, shares are of all vehicles, other years are left out", () => {
  expect(adoptedVehicles(TABLE, 2030, 40_000)).toEqual([
    { county: "Marin", evCount: 12_000 },
    { county: "Kern", evCount: 10_000 },
  ]);
});

test("a year that the table does not have is refused with those it has", () => {
  expect(() => adoptedVehicles(TABLE, 2040, 1)).toThrow("no vehicles of 2040; it has 2025, 2030.");
  expect(() => adoptedVehicles([], 2040, 1)).toThrow("it is empty");
});
