import { expect, it } from "vitest";
import { tableOf } from "#lib/charts/chart-table";
import { viewSpecs } from "#lib/charts/spec";
import { CountyIndex } from "#lib/geo/county-index";
import { regionUrls, valuesOf } from "#lib/maps/regions/spec";
import { regionsOfStatistics } from "./regions.ts";
import { runChargingStatistics } from "./run.ts";
import { chargingStatisticsResult, type PlacedSessions } from "./schema.ts";
import { viewChargingStatistics } from "./view.ts";

interface Row {
  county: string | null;
  state?: string;
  zip?: string;
  station?: string;
  at: readonly [year: number, dayOfYear: number];
  kwh: number;
  position?: readonly [lat: number, lon: number];
}

const toBatch = (rows: readonly Row[]): PlacedSessions => ({
  rowCount: rows.length,
  county: rows.map(({ county }) => county),
  state: rows.map(({ state }) => state ?? null),
  zip: rows.map(({ zip }) => zip ?? null),
  station: rows.map(({ station }) => station ?? null),
  year: Float64Array.from(rows, ({ at }) => at[0]),
  dayOfYear: Float64Array.from(rows, ({ at }) => at[1]),
  energyKwh: Float64Array.from(rows, ({ kwh }) => kwh),
  latitude: Float64Array.from(rows, ({ position }) => position?.[0] ?? NaN),
  longitude: Float64Array.from(rows, ({ position }) => position?.[1] ?? NaN),
});

const counties = new CountyIndex([
  { fips: "06085", name: "Santa Clara" },
  { fips: "06001", name: "Alameda" },
  { fips: "06059", name: "Orange" },
  { fips: "12095", name: "Orange" },
]);

const run = async (rows: readonly Row[], params: { year?: number; state?: string } = {}) =>
  chargingStatisticsResult.parse(
    await runChargingStatistics(
      { year: params.year ?? null, state: params.state ?? "" },
      { batches: rows.map((row) => toBatch([row])), rowCount: rows.length, counties },
      { signal: new AbortController().signal, onProgress: () => undefined },
    ),
  );

const SC = { county: "Santa Clara County", state: "California" };
const ROWS: Row[] = [
  { ...SC, zip: "94305", station: "A", at: [2019, 31], kwh: 10, position: [37.4, -122.1] },
  { county: "santa clara", state: "CA", zip: "94305", station: "A", at: [2019, 31], kwh: 5, position: [37.4, -122.1] },
  { ...SC, zip: "94040", station: "B", at: [2019, 32], kwh: 12, position: [0, 0] },
  { county: "Alameda County", zip: "94601", at: [2019, 32], kwh: 20, position: [37.8, -122.2] },
  { county: "Alameda County", at: [2018, 365], kwh: 1 },
  { county: "Orange", at: [2019, 1], kwh: 3 },
  { county: null, at: [2019, 1], kwh: 99 },
];

it("adds up counties however they are written, ZIPs and months, with the largest energy of one day", async () => {
  const result = await run(ROWS, { year: 2019 });
  expect(result.counties).toMatchObject([
    { place: "Santa Clara", fips: "06085", sessions: 3, energyKwh: 27, dayEnergyKwhMax: 15, dayOfMax: "2019-01-31" },
    { place: "Alameda", fips: "06001", state: "California", sessions: 1, energyKwh: 20, stations: 0 },
    { place: "Orange", fips: null, sessions: 1, energyKwh: 3 },
  ]);
  expect(result.counties[0]!.stations).toBe(2);
  expect(result.zips.map(({ place, county, energyKwh }) => [place, county, energyKwh])).toEqual([
    ["94601", "Alameda", 20],
    ["94305", "Santa Clara", 15],
    ["94040", "Santa Clara", 12],
  ]);
  const months = result.months.map(({ county, month, sessions, energyKwh, dayOfMax }) => ({
    ...{ county, month, sessions, energyKwh, dayOfMax },
  }));
  expect(months).toEqual([
    { county: "Alameda", month: 2, sessions: 1, energyKwh: 20, dayOfMax: "2019-02-01" },
    { county: "Orange", month: 1, sessions: 1, energyKwh: 3, dayOfMax: "2019-01-01" },
    { county: "Santa Clara", month: 1, sessions: 2, energyKwh: 15, dayOfMax: "2019-01-31" },
    { county: "Santa Clara", month: 2, sessions: 1, energyKwh: 12, dayOfMax: "2019-02-01" },
  ]);
  expect(result.unplacedSessions).toBe(1);
});

it("keeps stations with a position, and none at 0, 0", async () => {
  const { stations } = await run(ROWS);
  expect(stations.map(({ station, county, sessions, energyKwh }) => [station, county, sessions, energyKwh])).toEqual([
    ["", "Alameda", 1, 20],
    ["A", "Santa Clara", 2, 15],
  ]);
});

it("says why a name is not on the map, and takes the parameter’s state where records name none", async () => {
  const lost = (await run(ROWS)).counties.find(({ fips }) => fips === null);
  expect(lost).toMatchObject({ place: "Orange", sessions: 1 });
  expect(lost?.problem).toContain("name the state");
  const placed = await run(ROWS, { state: "CA" });
  expect(placed.counties.find(({ place }) => place === "Orange")).toMatchObject({ fips: "06059", problem: null });
});

it("conserves sessions and energy over all years", async () => {
  const result = await run(ROWS);
  const total = (rows: readonly { energyKwh: number }[]) => rows.reduce((sum, { energyKwh }) => sum + energyKwh, 0);
  expect(result.counties.reduce((sum, { sessions }) => sum + sessions, 0)).toBe(6);
  expect([total(result.counties), total(result.months)]).toEqual([51, 51]);
});

it("is drawn as a map of the counties, of all months and of each, that loses no number", async () => {
  const result = await run(ROWS);
  const views = viewSpecs.parse(viewChargingStatistics(result));
  const view = views.find(({ kind }) => kind === "regions");
  const spec = regionsOfStatistics(result);
  expect(spec.periods.map(({ key }) => key)).toEqual(["all", "2019-02", "2019-01", "2018-12"]);
  expect(Object.fromEntries(valuesOf(spec, "energy", 0))).toEqual({ "06085": 27, "06001": 21 });
  expect(Object.fromEntries(valuesOf(spec, "energy", 2))).toEqual({ "06085": 15 });
  expect(Object.fromEntries(valuesOf(spec, "per-station", 0))).toEqual({ "06085": 1.5 });
  expect(regionUrls(spec)).toEqual(["/basemap/counties/06.json"]);
  expect(spec.unplaced).toMatchObject([{ name: "Orange", values: { sessions: 1, energy: 3, day: 3 } }]);
  const rows = tableOf(view!)!.rows.filter(({ period }) => period === "All months");
  expect(rows.map((row) => [row.name, row["m-energy"]])).toEqual([
    ["Santa Clara", 27],
    ["Alameda", 21],
    ["Orange", 3],
  ]);
});

it("has nothing to say of nothing", async () => {
  const result = await run([]);
  expect(result).toMatchObject({ year: null, counties: [], zips: [], months: [], stations: [], unplacedSessions: 0 });
  expect(viewChargingStatistics(result).some(({ kind }) => kind === "regions")).toBe(false);
});
