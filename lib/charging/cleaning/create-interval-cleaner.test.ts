import { expect, it } from "vitest";
import { chargingIntervalsKind } from "./kinds.ts";
import { INTERVAL_ROLES, intervalOrder } from "./interval-columns.ts";
import { roundHalfEven } from "./round-half-even.ts";
import type { ColumnMapping } from "#lib/datasets/core/mapping";

const COLUMNS = INTERVAL_ROLES.map(([, , , header]) => header);
const MAPPING: ColumnMapping = {
  kind: "charging-intervals",
  layout: "entities",
  columns: INTERVAL_ROLES.map(([role, , , source]) => ({ source, role })),
  timestamp: { format: "iso", timeZone: "America/Los_Angeles" },
  constants: {},
  decimalComma: false,
  positions: "as_is",
};

/** Interval, session, start, duration, peak, average, energy. */
function clean(rows: string[][], settings: ColumnMapping["settings"] = {}) {
  const cleaner = chargingIntervalsKind.createCleaner({ ...MAPPING, settings }, { nowMs: 0, fileName: "x.csv" });
  const { columns, rejects } = cleaner.push({ firstRow: 2, columns: COLUMNS, rows });
  const [ids, sessions, , startS, durationS, energy, peak, average] = columns.map((column) => [...column]);
  return { ids, sessions, startS, durationS, energy, peak, average, rejects, report: cleaner.finish() };
}

const AT = "2018-06-13 11:15:00.0";

it("drops intervals without energy or time, in this order", () => {
  const { report, ids } = clean([
    ["1", "9", AT, "-5", "1", "1", "0"],
    ["2", "9", AT, "0", "1", "1", "1"],
    ["3", "9", AT, "900", "1", "1", "0.25"],
  ]);
  expect(report.byRule.map(({ rule, count }) => [rule, count])).toEqual([
    ["energy_none", 1],
    ["interval_short", 1],
  ]);
  expect(ids).toEqual([3]);
});

it("sets negative powers to 0 and cuts power and energy at today's limit, or at another", () => {
  const row = ["1", "9", AT, "900", "1890", "-0.04", "120"];
  expect(clean([row])).toMatchObject({ peak: [400], average: [0], energy: [100] });
  expect(clean([row], { powerKwMax: 50 })).toMatchObject({ peak: [50], energy: [12.5] });
  expect(clean([row], { powerKwMax: null, negativesToZero: false })).toMatchObject({
    peak: [1890],
    average: [-0.04],
    energy: [120],
  });
  expect(clean([row]).report).toMatchObject({ rowsKept: 1, rowsRepaired: 1 });
});

it("knows the time of day on the wall", () => {
  expect(clean([["1", "9", AT, "900", "1", "1", "0.25"]]).startS).toEqual([40_500]);
});

it("orders by session, then interval", () => {
  expect([...intervalOrder(Float64Array.of(2, 1, 1, 2), Float64Array.of(5, 9, 7, 5))]).toEqual([2, 1, 0, 3]);
});

it.each([
  [2.5, 1, 2],
  [3.5, 1, 4],
  [1.2345678, 10_000, 1.2346],
  [11.833333333, 10_000, 11.8333],
])("rounds %f by %i half to even", (value, factor, expected) => {
  expect(roundHalfEven(value, factor)).toBe(expected);
});
