import type { ViewSpec } from "#lib/charts/spec";
import type { RegionMetric } from "#lib/maps/regions/spec";
import type { ForecastLoadResult } from "./schema.ts";

type Area = ForecastLoadResult["areas"][number];

const METRICS: readonly (RegionMetric & { of: (area: Area) => number })[] = [
  { key: "peak", label: "Peak", unit: "kW", decimals: 0, of: ({ peakKw }) => peakKw },
  { key: "energy", label: "Energy", unit: "kWh", decimals: 0, of: ({ energyKwh }) => energyKwh },
  { key: "sessions", label: "Sessions", unit: "sessions", decimals: 0, of: ({ sessions }) => sessions },
  { key: "vehicles", label: "Vehicles", unit: "vehicles", decimals: 0, of: ({ evCount }) => evCount },
];

/** Areas that are counties as a map; nothing when none is, and a county named twice is no map. */
export function regionsOfAreas(areas: readonly Area[]): ViewSpec[] {
  const days = [...new Set(areas.map(({ dayType }) => dayType))];
  const ofDay = (dayType: string) => areas.filter((area) => area.dayType === dayType);
  const first = ofDay(days[0] ?? "");
  const placed = first.flatMap((area) => (area.fips === null ? [] : [{ ...area, fips: area.fips }]));
  if (placed.length === 0 || new Set(placed.map(({ fips }) => fips)).size < placed.length) return [];
  const metrics = METRICS.map(({ key, label, unit, decimals }) => ({ key, label, unit, decimals }));
  const valuesOf = (name: string) =>
    METRICS.map(({ key, of }) => {
      const areaOf = (dayType: string) => ofDay(dayType).find((area) => area.name === name);
      return [key, days.map(areaOf).map((area) => (area ? of(area) : null))] as const;
    });
  return [
    {
      kind: "regions",
      regions: {
        title: "By county",
        metrics,
        periods: days.map((day) => ({ key: day, label: day })),
        periodLabel: "Day",
        regions: placed.map(({ fips, name, state }) => ({
          id: fips,
          name,
          state,
          values: Object.fromEntries(valuesOf(name)),
        })),
        unplaced: first
          .filter(({ fips }) => fips === null)
          .map((area) => ({
            name: area.name,
            state: area.state,
            reason: "The name is not that of one county; add the state: “Orange, CA 0.08”.",
            values: Object.fromEntries(METRICS.map(({ key, of }) => [key, of(area)])),
          })),
      },
    },
  ];
}
