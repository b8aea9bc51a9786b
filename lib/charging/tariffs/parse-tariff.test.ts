import { expect, it } from "vitest";
import { tariff } from "../testing/small-case.ts";
import { parseTariff } from "./parse-tariff.ts";
import { cellIndex } from "./tariff.ts";

const text = tariff({
  energy: (hour) => (hour === 18 ? 0.4 : 0.1),
  demand: (component, hour) => (component === 2 && hour === 18 ? 20 : 0),
  fixed: 0.3,
});

it("puts hour 1 to 24 of the file at hour 0 to 23", () => {
  const { energyUsdPerKwh } = parseTariff(text, "t.csv");
  expect(energyUsdPerKwh[cellIndex(0, 0, 18)]).toBe(0.4);
  expect(energyUsdPerKwh[cellIndex(1, 11, 17)]).toBe(0.1);
});

it("keeps only demand charges that cost something", () => {
  const { demandCharges } = parseTariff(text, "t.csv");
  expect(demandCharges.map(({ component }) => component)).toEqual([2]);
  expect(demandCharges[0]!.usdPerKw[cellIndex(1, 5, 18)]).toBe(20);
});

it("sums the components of the energy price", () => {
  const added = text.replace("3,workday,1,0,", "3,workday,1,0.05,");
  expect(parseTariff(added, "t.csv").energyUsdPerKwh[0]).toBeCloseTo(0.15, 12);
});

it("reads whether the fixed charge is per day", () => {
  expect(parseTariff(text, "t.csv").fixedCharge).toEqual({ usdPerMeter: 0.3, per: "day" });
  const monthly = text.replace("fixed_monthly_charges,0.3,$/meter per day", "fixed_monthly_charges,9,$/month");
  expect(parseTariff(monthly, "t.csv").fixedCharge).toEqual({ usdPerMeter: 9, per: "month" });
});

it("names the file and the row of what cannot be read", () => {
  expect(() => parseTariff("name,x", "t.csv")).toThrow('t.csv has no section "energy_charge"');
  expect(() => parseTariff(text.replace("1,workday,1,", "1,workday,0,"), "t.csv")).toThrow("t.csv, row 8");
  expect(() => parseTariff(text.replace("1,workday,1,0.1", "1,workday,1,a"), "t.csv")).toThrow('"a" is not a price');
  expect(() => parseTariff(text.replace("0.3,$", "x,$"), "t.csv")).toThrow("fixed_monthly_charges");
});
