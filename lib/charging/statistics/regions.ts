import type { Region, RegionMetric, RegionsSpec, UnplacedRegion } from "#lib/maps/regions/spec";
import type { ChargingStatisticsResult, CountyStatistics, Sums } from "./schema.ts";

/** What counties are compared by; those per session and station follow from the sums. */
export const COUNTY_METRICS: readonly RegionMetric[] = [
  { key: "sessions", label: "Sessions", unit: "sessions", decimals: 0 },
  { key: "energy", label: "Energy", unit: "kWh", decimals: 0 },
  { key: "day", label: "Largest day", unit: "kWh", decimals: 0 },
  { key: "per-session", label: "Energy per session", unit: "kWh", decimals: 1 },
];
const PER_STATION: RegionMetric = {
  key: "per-station",
  label: "Sessions per station",
  unit: "sessions",
  decimals: 1,
};

/** Numbers that a page of a map carries: some 300 kB. With very many counties, older months are left out. */
const NUMBERS_MAX = 40_000;

/** Counties of a run as a map: all sessions at first, then the months, the newest first. */
export function regionsOfStatistics(result: ChargingStatisticsResult): RegionsSpec {
  const { counties, year } = result;
  const placed = counties.flatMap((county) => (county.fips === null ? [] : [{ ...county, fips: county.fips }]));
  const metrics = [...COUNTY_METRICS, ...(counties.some(({ stations }) => stations > 0) ? [PER_STATION] : [])];
  const all = [...new Set(result.months.map(monthKey))].sort().reverse();
  const months = all.slice(0, Math.max(0, Math.floor(NUMBERS_MAX / Math.max(1, placed.length * metrics.length)) - 1));
  const sums = new Map(result.months.map((month) => [`${month.fips ?? ""} ${monthKey(month)}`, month]));
  return {
    title: "Charging by county",
    ...(months.length < all.length && { caption: `the newest ${months.length} of ${all.length} months` }),
    metrics,
    periods: [
      { key: "all", label: year === null ? "All months" : `All of ${year}` },
      ...months.map((key) => ({ key, label: key })),
    ],
    periodLabel: "Month",
    regions: placed.map((county): Region => {
      const periods = [county, ...months.map((month) => sums.get(`${county.fips} ${month}`))];
      const values: Region["values"] = {};
      for (const { key } of metrics) values[key] = periods.map((one) => valueOf(key, one, county.stations));
      return { id: county.fips, name: county.place, state: county.state, values };
    }),
    unplaced: counties.flatMap((county) => (county.fips === null ? [toUnplaced(county, metrics)] : [])),
  };
}

function toUnplaced(county: CountyStatistics, metrics: readonly RegionMetric[]): UnplacedRegion {
  return {
    name: county.place,
    state: county.state,
    reason: county.problem ?? "",
    values: Object.fromEntries(metrics.map(({ key }) => [key, valueOf(key, county, county.stations)])),
  };
}

/** Stations are those seen in all months; a month without sessions has no value rather than 0: the file may not hold it. */
function valueOf(key: string, sums: Sums | undefined, stations: number): number | null {
  if (sums === undefined || sums.sessions === 0) return null;
  switch (key) {
    case "sessions":
      return sums.sessions;
    case "energy":
      return tidy(sums.energyKwh);
    case "day":
      return tidy(sums.dayEnergyKwhMax);
    case "per-session":
      return tidy(sums.energyKwh / sums.sessions);
    default:
      return stations > 0 ? tidy(sums.sessions / stations) : null;
  }
}

/** A watt-hour is finer than any file, and sums of fractions carry digits that mean nothing. */
const tidy = (value: number) => Math.round(value * 1000) / 1000;

const monthKey = ({ year, month }: { year: number; month: number }) => `${year}-${String(month).padStart(2, "0")}`;
