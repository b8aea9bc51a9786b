import { wallTimeOf } from "#lib/format/dates";
import { flagWords } from "./chart-words.ts";
import type { RegionsSpec } from "#lib/maps/regions/spec";
import { flagsAt } from "./flags.ts";
import type { SeriesChartSpec, TableColumn, ViewSpec } from "./spec.ts";

/** The table behind a figure: every figure has one. Cells are plain values; `null` is missing. */
export interface ChartTable {
  columns: TableColumn[];
  rows: Record<string, string | number | null>[];
  /** How many rows there are when `rows` holds only the first of them. */
  rowCount?: number;
}

/** "2026-11-14 13:15:00-08:00": local, yet unambiguous when clocks change, and read by every program. */
function localTime(atMs: number, timeZone: string): string {
  const wall = wallTimeOf(atMs, timeZone);
  const two = (value: number) => String(value).padStart(2, "0");
  const wallMs = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);
  const offsetMin = Math.round((wallMs - atMs) / 60_000);
  const sign = offsetMin < 0 ? "-" : "+";
  const offset = `${sign}${two(Math.floor(Math.abs(offsetMin) / 60))}:${two(Math.abs(offsetMin) % 60)}`;
  const date = `${wall.year}-${two(wall.month)}-${two(wall.day)}`;
  return `${date} ${two(wall.hour)}:${two(wall.minute)}:${two(wall.second)}${offset}`;
}

const column = (key: string, label: string, unit = ""): TableColumn => ({ key, label, unit, align: "right" });
const textColumn = (key: string, label: string): TableColumn => ({ key, label, unit: "", align: "left" });

/** One row per drawn instant with every series and its flags; local times cost, so only `rowsMax` of them are made. */
export function tableOfSeries(chart: SeriesChartSpec, rowsMax = Infinity): ChartTable {
  const rows = new Map<number, Record<string, string | number | null>>();
  for (const { id, points } of chart.series) {
    points.t.forEach((atMs, i) => {
      const value = points.v[i] ?? null;
      if (value === null) return;
      const row = rows.get(atMs) ?? {};
      row[id] = value;
      rows.set(atMs, row);
    });
  }
  const instants = [...rows.keys()].sort((a, b) => a - b);
  return {
    columns: [
      textColumn("time", `Time (${chart.timeZone})`),
      ...chart.series.map(({ id, label, unit }) => column(id, label, unit)),
      ...(chart.flags.length ? [textColumn("flag", "Flag")] : []),
    ],
    rowCount: instants.length,
    rows: instants.slice(0, rowsMax).map((atMs) => ({
      // Without a zone an offset would be invented.
      time: chart.zoneName === undefined ? localTime(atMs, chart.timeZone) : localTime(atMs, "UTC").slice(0, 19),
      ...rows.get(atMs),
      flag: flagsAt(chart.flags, atMs).map(flagWords).join("; ") || null,
    })),
  };
}

/** The table behind a view; metrics and notes are text already and have none. */
export function tableOf(view: ViewSpec): ChartTable | null {
  switch (view.kind) {
    case "series":
      return tableOfSeries(view.chart);
    case "table":
      return { columns: view.table.columns, rows: view.table.rows };
    case "bars":
      return {
        columns: [textColumn("label", view.bars.labelTitle || "Name"), column("value", "Value", view.bars.unit)],
        rows: view.bars.bars.map(({ label, value }) => ({ label, value })),
      };
    case "histogram": {
      const { edges, counts, unit } = view.histogram;
      return {
        columns: [column("from", "From", unit), column("to", "To", unit), column("count", "Count")],
        rows: counts.map((count, i) => ({ from: edges[i] ?? null, to: edges[i + 1] ?? null, count })),
      };
    }
    case "heatmap": {
      const { columns, rows, unit, decimals } = view.heatmap;
      return {
        columns: [
          textColumn("row", ""),
          ...columns.map((label, i) => ({ ...column(`c${i}`, label, unit), decimals: decimals ?? 0 })),
        ],
        rows: rows.map(({ label, values }) => ({
          row: label,
          ...Object.fromEntries(values.map((v, i) => [`c${i}`, v])),
        })),
      };
    }
    case "tornado": {
      const { unit, rows } = view.tornado;
      return {
        columns: [
          textColumn("label", "Input"),
          { ...textColumn("low", "Lower"), align: "right" },
          column("atLow", "When lower", unit),
          { ...textColumn("high", "Higher"), align: "right" },
          column("atHigh", "When higher", unit),
        ],
        rows: rows.map(({ label, low, high }) => {
          return { label, low: low.input, atLow: low.value, high: high.input, atHigh: high.value };
        }),
      };
    }
    case "regions":
      return tableOfRegions(view.regions);
    case "metrics":
    case "note":
      return null;
  }
}

/** One row per region and period, those that are not on the map too. */
function tableOfRegions({ metrics, periods, periodLabel, regions, unplaced }: RegionsSpec): ChartTable {
  const first = periods[0]?.label ?? "";
  return {
    columns: [
      textColumn("name", "County"),
      textColumn("state", "State"),
      textColumn("fips", "FIPS"),
      ...(periods.length > 1 ? [textColumn("period", periodLabel)] : []),
      ...metrics.map(({ key, label, unit, decimals }) => ({ ...column(`m-${key}`, label, unit), decimals })),
      ...(unplaced.length > 0 ? [textColumn("reason", "Not on the map")] : []),
    ],
    rows: [
      ...periods.flatMap((period, i) =>
        regions.map(({ id, name, state, values }) => ({
          ...{ name, state, fips: id, period: period.label, reason: null },
          ...Object.fromEntries(metrics.map(({ key }) => [`m-${key}`, values[key]?.[i] ?? null])),
        })),
      ),
      ...unplaced.map(({ name, state, reason, values }) => ({
        ...{ name, state, fips: null, period: first, reason },
        ...Object.fromEntries(metrics.map(({ key }) => [`m-${key}`, values[key] ?? null])),
      })),
    ],
  };
}
