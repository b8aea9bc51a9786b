import type { ViewSpec } from "#lib/charts/spec";
import { countOf } from "#lib/format/lists";
import type { ChargingStatisticsResult, PlaceStatistics } from "./schema.ts";

const ROWS_SHOWN_MAX = 200;

export function viewChargingStatistics({
  counties,
  zips,
  months,
  unplacedSessions,
}: ChargingStatisticsResult): ViewSpec[] {
  const sum = (of: (place: PlaceStatistics) => number) => counties.reduce((total, place) => total + of(place), 0);
  return [
    {
      kind: "metrics",
      metrics: {
        items: [
          { label: "Counties", value: counties.length, decimals: 0 },
          { label: "ZIPs", value: zips.length, decimals: 0 },
          { label: "Sessions", value: sum(({ sessions }) => sessions), decimals: 0 },
          { label: "Energy", value: sum(({ energyKwh }) => energyKwh), unit: "kWh", decimals: 0 },
        ],
      },
    },
    ...(unplacedSessions > 0
      ? [
          {
            kind: "note" as const,
            note: { text: `${countOf(unplacedSessions, "session")} without a county left out.` },
          },
        ]
      : []),
    placeTable("By county", "County", counties),
    placeTable("By ZIP", "ZIP", zips),
    {
      kind: "table",
      table: {
        title: "By month",
        caption: captionOf(months.length),
        columns: [
          { key: "county", label: "County" },
          { key: "month", label: "Month" },
          { key: "energy", label: "Energy", unit: "kWh", align: "right", decimals: 0 },
        ],
        rows: months.slice(0, ROWS_SHOWN_MAX).map(({ county, year, month, energyKwh }) => ({
          county,
          month: `${year}-${String(month).padStart(2, "0")}`,
          energy: energyKwh,
        })),
      },
    },
  ];
}

const captionOf = (count: number) => (count > ROWS_SHOWN_MAX ? `the first ${ROWS_SHOWN_MAX} of ${count}` : undefined);

function placeTable(title: string, label: string, places: readonly PlaceStatistics[]): ViewSpec {
  return {
    kind: "table",
    table: {
      title,
      caption: captionOf(places.length) ?? "most energy first",
      columns: [
        { key: "place", label },
        { key: "sessions", label: "Sessions", align: "right", decimals: 0 },
        { key: "energy", label: "Energy", unit: "kWh", align: "right", decimals: 0 },
        { key: "most", label: "Largest day", unit: "kWh", align: "right", decimals: 0 },
        { key: "day", label: "On" },
      ],
      rows: places.slice(0, ROWS_SHOWN_MAX).map((place) => ({
        place: place.place,
        sessions: place.sessions,
        energy: place.energyKwh,
        most: place.dayEnergyKwhMax,
        day: place.dayOfMax,
      })),
    },
  };
}
