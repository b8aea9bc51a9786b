import { expect, it } from "vitest";
import { chartSummary, drawnWords, readingAt, readingTolerances, readingWords } from "./chart-words.ts";
import { tableOf, tableOfSeries } from "./chart-table.ts";
import { seriesChartSpec, viewSpec, type SeriesChartSpec } from "./spec.ts";

const at = Date.parse("2026-11-14T21:15:00Z");
const chart: SeriesChartSpec = {
  title: "PM2.5",
  unit: "µg/m³",
  timeZone: "America/Los_Angeles",
  xRange: null,
  series: [
    { id: "o", label: "SEA-0217", kind: "observed", unit: "µg/m³", points: { t: [at - 9e5, at], v: [12.25, 29.5] } },
    { id: "r", label: "Residual", kind: "residual", unit: "µg/m³", points: { t: [at - 9e5, at], v: [null, 6.8] } },
  ],
  flags: [{ startAt: at, endAt: at, flag: 4, check: "drift", reason: "slope 1.27" }],
  limits: [],
};

const tolerances = readingTolerances(chart, { fromMs: at - 9e5, toMs: at });

it("reads every series and flag at an instant, in the zone of the chart", () => {
  expect(readingWords(readingAt(chart, at, tolerances))).toBe(
    "14 Nov 13:15 PST, SEA-0217 29.5 µg/m³, Residual +6.8 µg/m³, flag 4 fail, drift",
  );
  expect(readingWords(readingAt(chart, at - 9e5, tolerances))).toBe(
    "14 Nov 13:00 PST, SEA-0217 12.3 µg/m³, Residual missing",
  );
});

it("sums a chart up in words", () => {
  expect(chartSummary(chart)).toBe(
    "PM2.5. SEA-0217 12.3 to 29.5 µg/m³. Residual 6.8 to 6.8 µg/m³. 1 flagged span: drift.",
  );
});

it("ends a figure without a unit after its number", () => {
  const bare = { ...chart, series: chart.series.slice(0, 1).map((one) => ({ ...one, unit: "" })), flags: [] };
  expect(chartSummary(bare)).toBe("PM2.5. SEA-0217 12.3 to 29.5. no flags.");
  expect(readingWords(readingAt(bare, at, tolerances))).toBe("14 Nov 13:15 PST, SEA-0217 29.5");
});

it("says how many points a line stands for", () => {
  expect(drawnWords({ points: 1344, pairs: 370 })).toBe("1,344 points drawn as 370 min/max pairs");
  expect(drawnWords({ points: 1, pairs: 0 })).toBe("1 point");
});

it("gives every drawn value a table row", () => {
  const table = tableOfSeries(chart);
  expect(table.columns.map(({ label }) => label)).toEqual([
    "Time (America/Los_Angeles)",
    "SEA-0217",
    "Residual",
    "Flag",
  ]);
  expect(table.rows).toEqual([
    { time: "2026-11-14 13:00:00-08:00", o: 12.25, flag: null },
    { time: "2026-11-14 13:15:00-08:00", o: 29.5, r: 6.8, flag: "flag 4 fail, drift" },
  ]);
});

it("makes only the rows that are shown and still says how many there are", () => {
  expect(tableOfSeries(chart, 1)).toMatchObject({ rowCount: 2, rows: [{ time: "2026-11-14 13:00:00-08:00" }] });
});

it("gives each figure of a view a table and text none", () => {
  const bars = viewSpec.parse({
    kind: "bars",
    bars: { title: "Causes", unit: "", bars: [{ label: "drift", value: null }] },
  });
  expect(tableOf(bars)?.rows).toEqual([{ label: "drift", value: null }]);
  expect(tableOf({ kind: "note", note: { text: "Nothing found." } })).toBeNull();
});

it("refuses a series whose instants and values differ in number, and NaN", () => {
  const broken = structuredClone(chart);
  broken.series[0]?.points.t.pop();
  expect(seriesChartSpec.safeParse(broken).success).toBe(false);
  const nan = structuredClone(chart);
  nan.series[0]?.points.v.fill(NaN);
  expect(seriesChartSpec.safeParse(nan).success).toBe(false);
});
