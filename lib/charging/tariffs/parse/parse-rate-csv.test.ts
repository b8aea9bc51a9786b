import { expect, it } from "vitest";
import { tariff as fileOf } from "../../testing/small-case.ts";
import { cellIndex, toHourly } from "../core/price-tables.ts";
import { tariff } from "../schema.ts";
import { parseRateCsv } from "./parse-rate-csv.ts";

const text = fileOf({
  energy: (hour) => (hour === 18 ? 0.4 : 0.1),
  demand: (component, hour) => (component === 2 && hour === 18 ? 20 : 0),
  fixed: 0.3,
});

it("puts hour 1 to 24 of the file at hour 0 to 23", () => {
  const { energyUsdPerKwh } = toHourly(parseRateCsv(text, "t.csv"));
  expect(energyUsdPerKwh[cellIndex(0, 0, 18)]).toBe(0.4);
  expect(energyUsdPerKwh[cellIndex(1, 11, 17)]).toBe(0.1);
});

it("makes the fewest periods, complete and without overlap", () => {
  const parsed = tariff.parse(parseRateCsv(text, "t.csv"));
  expect(parsed.energyPeriods.map(({ label, days, from, to }) => [label, days, from, to])).toEqual([
    ["Off-peak", "all", "19:00", "18:00"],
    ["Peak", "all", "18:00", "19:00"],
  ]);
});

it("keeps only demand charges that cost something", () => {
  const { demandCharges } = parseRateCsv(text, "t.csv");
  expect(demandCharges.map(({ label, basis }) => [label, basis])).toEqual([["Peak", "window"]]);
  const [hourlyCharge] = toHourly(parseRateCsv(text, "t.csv")).demandCharges;
  expect(hourlyCharge!.usdPerKw[cellIndex(1, 5, 18)]).toBe(20);
  expect(hourlyCharge!.usdPerKw[cellIndex(1, 5, 17)]).toBe(0);
});

it("sums the components of the energy price", () => {
  const added = text.replace("3,workday,1,0,", "3,workday,1,0.05,");
  expect(toHourly(parseRateCsv(added, "t.csv")).energyUsdPerKwh[0]).toBeCloseTo(0.15, 12);
});

it("reads whether the fixed charge is per day, and the first day of the prices", () => {
  expect(parseRateCsv(text, "t.csv").fixedCharges).toEqual([
    { label: "Customer", usd: 0.3, per: "day", basis: "customer" },
    { label: "Meter", usd: 0.1, per: "day", basis: "meter" },
  ]);
  const monthly = text.replace("fixed_monthly_charges,0.3,$/meter per day", "fixed_monthly_charges,9,$/month");
  expect(parseRateCsv(monthly, "t.csv").fixedCharges[0]).toMatchObject({ usd: 9, per: "month" });
  const dated = text.replace("name,Test", "name,Test\r\ndescription,Effective 3/1/2021");
  expect(parseRateCsv(dated, "t.csv").effectiveOn).toBe("2021-03-01");
});

it("names the file and the row of what cannot be read", () => {
  expect(() => parseRateCsv("name,x", "t.csv")).toThrow('t.csv has no section "energy_charge"');
  expect(() => parseRateCsv(text.replace("1,workday,1,", "1,workday,0,"), "t.csv")).toThrow("t.csv, row 8");
  expect(() => parseRateCsv(text.replace("1,workday,1,0.1", "1,workday,1,a"), "t.csv")).toThrow('"a" is not a price');
  expect(() => parseRateCsv(text.replace("0.3,$", "x,$"), "t.csv")).toThrow("fixed_monthly_charges");
});
