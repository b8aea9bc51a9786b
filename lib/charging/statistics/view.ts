import type { TableSpec, ViewSpec } from "#lib/charts/spec";
import { countOf } from "#lib/format/lists";
import { regionsOfStatistics } from "./regions.ts";
import type { ChargingStatisticsResult, CountyStatistics } from "./schema.ts";

const ROWS_SHOWN_MAX = 200;

export function viewChargingStatistics(result: ChargingStatisticsResult): ViewSpec[] {
  const { counties, zips, stations, unplacedSessions } = result;
  const sum = (of: (place: CountyStatistics) => number) => counties.reduce((total, place) => total + of(place), 0);
  const regions = regionsOfStatistics(result);
  return [
    {
      kind: "metrics",
      metrics: {
        items: [
          { label: "Counties", value: counties.length, decimals: 0 },
          { label: "ZIPs", value: zips.length, decimals: 0 },
          { label: "Sessions", value: sum(({ sessions }) => sessions), decimals: 0 },
          { label: "Energy", value: sum(({ energyKwh }) => energyKwh), unit: "kWh", decimals: 0 },
          ...(stations.length > 0 ? [{ label: "Stations with position", value: stations.length, decimals: 0 }] : []),
        ],
      },
    },
    ...leftOut(unplacedSessions, "session", "without a county left out."),
    ...leftOut(result.stationsLeftOut, "station", "with less energy left out."),
    ...(counties.length > 0 ? [{ kind: "regions" as const, regions }] : []),
    placeTable("By county", counties, [
      { key: "place", label: "County" },
      { key: "state", label: "State" },
    ]),
    placeTable("By ZIP", zips, [
      { key: "place", label: "ZIP" },
      { key: "county", label: "County" },
    ]),
    monthTable(result),
  ];
}

function leftOut(count: number, noun: string, words: string): ViewSpec[] {
  return count === 0 ? [] : [{ kind: "note", note: { text: `${countOf(count, noun)} ${words}` } }];
}

const captionOf = (count: number) => (count > ROWS_SHOWN_MAX ? `the first ${ROWS_SHOWN_MAX} of ${count}` : undefined);

type Place = { sessions: number; energyKwh: number; dayEnergyKwhMax: number; dayOfMax: string } & Record<
  string,
  string | number | null
>;

function placeTable(title: string, places: readonly Place[], names: TableSpec["columns"]): ViewSpec {
  return {
    kind: "table",
    table: {
      title,
      caption: captionOf(places.length) ?? "most energy first",
      columns: [
        ...names,
        { key: "sessions", label: "Sessions", align: "right", decimals: 0 },
        { key: "energy", label: "Energy", unit: "kWh", align: "right", decimals: 0 },
        { key: "most", label: "Largest day", unit: "kWh", align: "right", decimals: 0 },
        { key: "day", label: "On" },
      ],
      rows: places.slice(0, ROWS_SHOWN_MAX).map((place) => ({
        ...Object.fromEntries(names.map(({ key }) => [key, place[key] ?? null])),
        sessions: place.sessions,
        energy: place.energyKwh,
        most: place.dayEnergyKwhMax,
        day: place.dayOfMax,
      })),
    },
  };
}

function monthTable({ months }: ChargingStatisticsResult): ViewSpec {
  return {
    kind: "table",
    table: {
      title: "By month",
      caption: captionOf(months.length),
      columns: [
        { key: "county", label: "County" },
        { key: "month", label: "Month" },
        { key: "sessions", label: "Sessions", align: "right", decimals: 0 },
        { key: "energy", label: "Energy", unit: "kWh", align: "right", decimals: 0 },
      ],
      rows: months.slice(0, ROWS_SHOWN_MAX).map(({ county, year, month, sessions, energyKwh }) => ({
        county,
        month: `${year}-${String(month).padStart(2, "0")}`,
        sessions,
        energy: energyKwh,
      })),
    },
  };
}
