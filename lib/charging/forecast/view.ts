import type { ChartSeries, ViewSpec } from "#lib/charts/spec";
import { regionsOfAreas } from "./regions.ts";
import type { ForecastLoadResult } from "./schema.ts";

type Day = ForecastLoadResult["days"][number];

const MINUTE_MS = 60_000;
/** The time axis of a day without a date: 2001-01-01 was a Monday, 2001-01-06 a Saturday. */
const START_MS = { weekday: Date.UTC(2001, 0, 1), weekend: Date.UTC(2001, 0, 6) };

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

export function viewForecastLoad(result: ForecastLoadResult): ViewSpec[] {
  const { days, areas, annualEnergyKwh, notes } = result;
  return [
    {
      kind: "metrics",
      metrics: {
        items: [
          { label: "Vehicles", value: result.evCount, decimals: 0 },
          ...days.flatMap((day) => [
            {
              label: `Peak, ${day.dayType}`,
              value: day.peakKw,
              unit: "kW",
              decimals: 0,
              note: `at ${clock(day.peakAtMin)}`,
            },
            { label: `Energy, ${day.dayType}`, value: day.energyKwh, unit: "kWh", decimals: 0 },
          ]),
          ...(annualEnergyKwh === null
            ? []
            : [{ label: "Energy, year", value: annualEnergyKwh, unit: "kWh", decimals: 0 }]),
        ],
      },
    },
    ...notes.map((text): ViewSpec => ({ kind: "note", note: { tone: "info", text } })),
    ...days.flatMap((day) => [dayChart(day, result), segmentTable(day)]),
    ...regionsOfAreas(areas),
    ...(areas.length > 0 ? [areaTable(areas)] : []),
    { kind: "note", note: { title: "Model", text: wordsOf(result) } },
  ];
}

function wordsOf({ modelName, days }: ForecastLoadResult): string {
  const band = days.some(({ lowKw }) => lowKw.length > 0)
    ? " Low and high hold nine of ten repeated draws: chance alone, without errors of the shares or the model."
    : "";
  return `Sessions drawn from “${modelName}”.${band}`;
}

function dayChart(day: Day, { stepMin }: ForecastLoadResult): ViewSpec {
  const t = day.totalKw.map((_, step) => START_MS[day.dayType] + step * stepMin * MINUTE_MS);
  const line = (id: string, label: string, kind: ChartSeries["kind"], v: number[]): ChartSeries[] =>
    v.length === 0 ? [] : [{ id, label, kind, unit: "kW", points: { t, v } }];
  return {
    kind: "series",
    chart: {
      title: `Load on a ${day.dayType}`,
      caption: `${stepMin} min means`,
      unit: "kW",
      timeZone: "UTC",
      xRange: null,
      yFromZero: true,
      series: [
        ...line("total", "Total", "observed", day.totalKw),
        ...day.segments
          .filter(({ sessions }) => sessions > 0)
          .flatMap(({ segment, label, loadKw }) => line(segment, label, "reference", loadKw)),
        ...line("low", "Low", "reference", day.lowKw),
        ...line("high", "High", "reference", day.highKw),
      ],
      flags: [],
      limits: [],
    },
  };
}

function segmentTable(day: Day): ViewSpec {
  return {
    kind: "table",
    table: {
      title: `By segment, ${day.dayType}`,
      columns: [
        { key: "segment", label: "Segment" },
        { key: "sessions", label: "Sessions", align: "right", decimals: 0 },
        { key: "energy", label: "Energy", unit: "kWh", align: "right", decimals: 0 },
        { key: "peak", label: "Own peak", unit: "kW", align: "right", decimals: 1 },
      ],
      rows: day.segments.map(({ label, sessions, energyKwh, loadKw }) => ({
        segment: label,
        sessions,
        energy: energyKwh,
        peak: loadKw.reduce((most, value) => Math.max(most, value), 0),
      })),
    },
  };
}

function areaTable(areas: ForecastLoadResult["areas"]): ViewSpec {
  return {
    kind: "table",
    table: {
      title: "By area",
      columns: [
        { key: "name", label: "Area" },
        { key: "day", label: "Day" },
        { key: "vehicles", label: "Vehicles", align: "right", decimals: 0 },
        { key: "sessions", label: "Sessions", align: "right", decimals: 0 },
        { key: "energy", label: "Energy", unit: "kWh", align: "right", decimals: 0 },
        { key: "peak", label: "Peak", unit: "kW", align: "right", decimals: 0 },
        { key: "at", label: "At", align: "right" },
      ],
      rows: areas.map((area) => ({
        name: area.name,
        day: area.dayType,
        vehicles: area.evCount,
        sessions: area.sessions,
        energy: area.energyKwh,
        peak: area.peakKw,
        at: clock(area.peakAtMin),
      })),
    },
  };
}
