import { expect, it } from "vitest";
import { cellIndex, toHourly } from "../core/price-tables.ts";
import { parseTariffFile } from "./parse-tariff-file.ts";

const schedule = (periodAt: (month: number, hour: number) => number) =>
  Array.from({ length: 12 }, (_, month) => Array.from({ length: 24 }, (_, hour) => periodAt(month, hour)));
const rate = {
  name: "TOU-9",
  utility: "Valley Power",
  startdate: 1_577_836_800,
  source: "https://example.org/tou-9",
  energyratestructure: [[{ rate: 0.1, adj: 0.01 }], [{ rate: 0.3 }]],
  energyweekdayschedule: schedule((month, hour) => (month === 6 && hour >= 16 && hour < 21 ? 1 : 0)),
  energyweekendschedule: schedule(() => 0),
  flatdemandstructure: [[{ rate: 5 }], [{ rate: 8 }]],
  flatdemandmonths: [0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0],
  fixedchargefirstmeter: 24,
  fixedchargeunits: "$/year",
};
const parse = (value: unknown) => parseTariffFile(JSON.stringify(value), "rate.json");

it("reads a rate of the database: prices, demand by month, fixed charge, first day", () => {
  const parsed = parse({ items: [rate] });
  const { energyUsdPerKwh, demandCharges } = toHourly(parsed);
  expect(energyUsdPerKwh[cellIndex(0, 6, 16)]).toBe(0.3);
  expect(energyUsdPerKwh[cellIndex(1, 6, 16)]).toBe(0.11);
  expect([demandCharges[0]!.isMaximum, demandCharges[0]!.usdPerKw[cellIndex(1, 7, 3)]]).toEqual([true, 8]);
  expect(parsed).toMatchObject({
    effectiveOn: "2020-01-01",
    utility: "Valley Power",
    fixedCharges: [{ usd: 2, per: "month" }],
  });
});

it("refuses what it cannot say exactly, with the place", () => {
  const tiers = [[{ rate: 0.1, max: 300 }, { rate: 0.2 }], [{ rate: 0.3 }]];
  expect(() => parse({ ...rate, energyratestructure: tiers })).toThrow("period 0 has tiers with different prices");
  expect(() => parse({ ...rate, energyratestructure: [[{ rate: 0.1 }]] })).toThrow(
    "names period 1, which there is not",
  );
  expect(() => parse({ ...rate, energyweekendschedule: [] })).toThrow("rate.json, energyweekendschedule");
  expect(() => parse([rate, rate])).toThrow("rate.json has 2 tariffs");
  expect(() => parseTariffFile("{", "rate.json")).toThrow("rate.json is no JSON");
});
