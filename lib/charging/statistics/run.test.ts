import { expect, it } from "vitest";
import { viewSpecs } from "#lib/charts/spec";
import { runChargingStatistics } from "./run.ts";
import { chargingStatisticsResult, type PlacedSessions } from "./schema.ts";
import { viewChargingStatistics } from "./view.ts";

type Row = readonly [county: string | null, zip: string | null, year: number, month: number, day: number, kwh: number];

const toBatch = (rows: readonly Row[]): PlacedSessions => ({
  rowCount: rows.length,
  county: rows.map(([county]) => county),
  zip: rows.map(([, zip]) => zip),
  year: Float64Array.from(rows, ([, , year]) => year),
  month: Float64Array.from(rows, ([, , , month]) => month),
  dayOfYear: Float64Array.from(rows, ([, , , , day]) => day),
  energyKwh: Float64Array.from(rows, ([, , , , , kwh]) => kwh),
});

const run = (rows: readonly Row[], year: number | null = null) =>
  runChargingStatistics(
    { year },
    { batches: rows.map((row) => toBatch([row])), rowCount: rows.length },
    { signal: new AbortController().signal, onProgress: () => undefined },
  );

const ROWS: Row[] = [
  ["Santa Clara County", "94305", 2019, 1, 31, 10],
  ["Santa Clara", "94305", 2019, 1, 31, 5],
  ["Santa Clara County", "94040", 2019, 2, 32, 12],
  ["Alameda County", "94601", 2019, 2, 32, 20],
  ["Alameda County", null, 2018, 12, 365, 1],
  [null, null, 2019, 1, 1, 99],
];

it("adds up counties, ZIPs and months, with the largest energy of one day", async () => {
  const result = chargingStatisticsResult.parse(await run(ROWS, 2019));
  expect(result.counties).toEqual([
    { place: "Santa Clara", sessions: 3, energyKwh: 27, dayEnergyKwhMax: 15, dayOfMax: "2019-01-31" },
    { place: "Alameda", sessions: 1, energyKwh: 20, dayEnergyKwhMax: 20, dayOfMax: "2019-02-01" },
  ]);
  expect(result.zips.map(({ place, county, energyKwh }) => [place, county, energyKwh])).toEqual([
    ["94601", "Alameda", 20],
    ["94305", "Santa Clara", 15],
    ["94040", "Santa Clara", 12],
  ]);
  expect(result.months).toEqual([
    { county: "Alameda", year: 2019, month: 2, energyKwh: 20 },
    { county: "Santa Clara", year: 2019, month: 1, energyKwh: 15 },
    { county: "Santa Clara", year: 2019, month: 2, energyKwh: 12 },
  ]);
  expect(result.unplacedSessions).toBe(1);
  expect(viewSpecs.parse(viewChargingStatistics(result))).toHaveLength(5);
});

it("conserves sessions and energy over all years", async () => {
  const { counties, months } = await run(ROWS);
  expect(counties.reduce((sum, { sessions }) => sum + sessions, 0)).toBe(5);
  const total = (rows: readonly { energyKwh: number }[]) => rows.reduce((sum, { energyKwh }) => sum + energyKwh, 0);
  expect([total(counties), total(months)]).toEqual([48, 48]);
});

it("has nothing to say of nothing", async () => {
  expect(await run([])).toEqual({ year: null, counties: [], zips: [], months: [], unplacedSessions: 0 });
});
