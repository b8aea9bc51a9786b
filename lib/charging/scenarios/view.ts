import type { SeriesChartSpec, TableSpec, ViewSpec } from "#lib/charts/spec";
import type { Comparison } from "./schema.ts";

const MILLION = 1e6;

/** Scenarios side by side: what differs in assumptions, the figures with their deltas, and every curve on one axis. */
export function viewComparison(comparison: Comparison): ViewSpec[] {
  return [
    ...comparison.scenarios.flatMap(({ name, stale }): ViewSpec[] =>
      stale === null ? [] : [{ kind: "note", note: { title: name, text: stale, tone: "suspect" } }],
    ),
    { kind: "table", table: assumptionTable(comparison) },
    ...[...Map.groupBy(comparison.figures, ({ group }) => group).keys()].map((group): ViewSpec => {
      return { kind: "table", table: figureTable(comparison, group) };
    }),
    ...comparison.series.flatMap((_, i): ViewSpec[] => [
      { kind: "series", chart: curves(comparison, i) },
      { kind: "series", chart: differences(comparison, i) },
    ]),
  ];
}

/** Two scenarios may have one name; numbers keep the columns apart. */
const labelsOf = ({ scenarios }: Comparison) => scenarios.map(({ name }, i) => `${i + 1} ${name}`);

function assumptionTable(comparison: Comparison): TableSpec {
  const labels = labelsOf(comparison);
  return {
    title: "What differs",
    caption: comparison.assumptions.length === 0 ? "nothing: same case, assumptions and conventions" : "assumptions",
    columns: [
      { key: "name", label: "Assumption" },
      { key: "unit", label: "Unit" },
      ...labels.map((label, i) => ({ key: `v${i}`, label, align: "right" as const })),
    ],
    rows: comparison.assumptions.map(({ name, unit, values }) => ({
      ...{ name, unit },
      ...Object.fromEntries(values.map((value, i) => [`v${i}`, value])),
    })),
  };
}

function figureTable(comparison: Comparison, group: string): TableSpec {
  const labels = labelsOf(comparison);
  const figures = comparison.figures.filter((figure) => figure.group === group);
  return {
    title: group,
    caption: "Δ against the first",
    columns: [
      { key: "name", label: "Figure" },
      { key: "unit", label: "Unit" },
      ...labels.flatMap((label, i) => [
        { key: `v${i}`, label, align: "right" as const, decimals: 2 },
        ...(i === 0 ? [] : [{ key: `d${i}`, label: "Δ", align: "right" as const, decimals: 2 }]),
      ]),
    ],
    rows: figures.map(({ name, unit, values }) => {
      const scale = unit === "$" ? MILLION : 1;
      const [first] = values;
      const cells = values.flatMap((value, i): [string, number | null][] => [
        [`v${i}`, value === null ? null : value / scale],
        [`d${i}`, value === null || first == null ? null : (value - first) / scale],
      ]);
      return { name, unit: unit === "$" ? "M$" : unit, ...Object.fromEntries(cells) };
    }),
  };
}

function chartOf(comparison: Comparison, index: number, title: string): Omit<SeriesChartSpec, "series"> {
  const { unit, axis } = comparison.series[index]!;
  return {
    title,
    caption: axis === "year" ? "by year" : "15 min means, local time",
    unit,
    timeZone: "UTC",
    xRange: null,
    flags: [],
    limits: [],
  };
}

const QUARTER_HOUR_MS = 900_000;
/** The time axis of a day without a date. */
const DAY_START_MS = Date.UTC(2001, 0, 1);

function instantsOf({ axis, at }: Comparison["series"][number]): number[] {
  return at.map((one) => (axis === "year" ? Date.UTC(one, 0, 1) : DAY_START_MS + one * QUARTER_HOUR_MS));
}

function curves(comparison: Comparison, index: number): SeriesChartSpec {
  const series = comparison.series[index]!;
  const { name, unit, values } = series;
  const t = instantsOf(series);
  return {
    ...chartOf(comparison, index, name),
    series: labelsOf(comparison).map((label, i) => ({
      ...{ id: `s${i}`, label, kind: "observed" as const, unit },
      points: { t, v: values[i]! },
    })),
  };
}

/** Every scenario minus the first. */
function differences(comparison: Comparison, index: number): SeriesChartSpec {
  const series = comparison.series[index]!;
  const { name, unit, values } = series;
  const t = instantsOf(series);
  const [first] = values;
  const minusFirst = (row: readonly (number | null)[]) =>
    row.map((value, k) => (value === null || first![k] == null ? null : value - first![k]));
  return {
    ...chartOf(comparison, index, `${name}, difference`),
    caption: `minus ${comparison.scenarios[0]!.name}`,
    limits: [{ value: 0, label: "0" }],
    series: labelsOf(comparison)
      .slice(1)
      .map((label, i) => ({
        ...{ id: `d${i}`, label, kind: "observed" as const, unit },
        points: { t, v: minusFirst(values[i + 1]!) },
      })),
  };
}
