import { describe, expect, it } from "vitest";
import { columnMapping } from "#lib/datasets/core/mapping";
import { createRegistryCleaner } from "./create-registry-cleaner.ts";
import { parseBoolean } from "./parse-boolean.ts";
import { REGISTRY_COLUMNS } from "./registry-rules.ts";

const COLUMNS = ["id", "lat", "lon", "elev", "ref", "color"];
const MAPPING = {
  kind: "sensor-registry",
  layout: "entities",
  columns: [
    { source: "id", role: "sensor" },
    { source: "lat", role: "latitude" },
    { source: "lon", role: "longitude" },
    { source: "elev", role: "elevation", unit: "ft" },
    { source: "ref", role: "reference" },
    { source: "color", role: "attribute" },
  ],
};

function clean(lines: string[], options: object = {}) {
  const cleaner = createRegistryCleaner(columnMapping.parse({ ...MAPPING, ...options }), {
    nowMs: 0,
    fileName: "sensors.csv",
  });
  const rows = lines.map((line) => line.split(";"));
  const { columns, rowCount, rejects } = cleaner.push({ firstRow: 2, columns: COLUMNS, rows });
  const sensors = Array.from({ length: rowCount }, (_, row) =>
    Object.fromEntries(REGISTRY_COLUMNS.map(({ name }, index) => [name, columns[index]?.[row] ?? null])),
  );
  const report = cleaner.finish();
  return { sensors, rejects, report, rules: report.byRule.map(({ rule, count, firstRow }) => [rule, count, firstRow]) };
}

describe("createRegistryCleaner", () => {
  it("keeps a complete sensor, its elevation in metres and its other columns", () => {
    const { sensors, report } = clean(["A;47.99;7.85;100;yes;red"]);
    expect(sensors).toMatchObject([
      {
        sensor_code: "A",
        latitude: 47.99,
        longitude: 7.85,
        elevation_m: 30.48,
        is_reference: true,
        attributes: '{"color":"red"}',
        source_row: 2,
      },
    ]);
    expect(report).toMatchObject({ rowsIn: 1, rowsKept: 1, byRule: [] });
  });

  it("keeps sensors without a usable position, unplaced, each with its reason", () => {
    const { sensors, rules } = clean(["A;;7;;;", "B;0;0;;;", "C;north;7;;;", "D;95;200;;;", "E;-9999;-9999;;;"]);
    expect(sensors.map(({ latitude }) => latitude)).toEqual([NaN, NaN, NaN, NaN, NaN]);
    expect(rules).toEqual([
      ["position_missing", 2, 2],
      ["position_zero", 1, 3],
      ["position_not_number", 1, 4],
      ["position_out_of_range", 1, 5],
    ]);
  });

  it("swaps latitude and longitude only when the mapping says so", () => {
    expect(clean(["A;120;-35;;;"]).report.byRule[0]?.examples[0]?.detail).toContain("latitude -35, longitude 120");
    const fixed = clean(["A;120;-35;;;", "B;47;7;;;"], { positions: "swap_out_of_range" });
    expect(fixed.sensors.map(({ latitude, longitude }) => [latitude, longitude])).toEqual([
      [-35, 120],
      [47, 7],
    ]);
    expect(fixed.report.rowsRepaired).toBe(1);
    expect(clean(["B;7;47;;;"], { positions: "swap_all" }).sensors).toMatchObject([{ latitude: 47, longitude: 7 }]);
  });

  it("suspects an exchange where a sensor is far from the others but near them swapped, and leaves it as written", () => {
    const { sensors, rules } = clean(["A;48;7.8;;;", "B;7.9;48.1;;;", "C;48.1;7.9;;;", "D;48.2;7.8;;;", "E;52;13;;;"]);
    expect(rules).toEqual([["position_swap_suspected", 1, 3]]);
    expect(sensors[1]).toMatchObject({ latitude: 7.9, longitude: 48.1 });
  });

  it("repairs decimal commas and hemisphere letters in coordinates", () => {
    const { sensors, rules } = clean(["A;47,999;7,8484;;;", "B;33.9°S;18.4 E;;;"]);
    expect(sensors.map(({ latitude, longitude }) => [latitude, longitude])).toEqual([
      [47.999, 7.8484],
      [-33.9, 18.4],
    ]);
    expect(rules).toEqual([["decimal_comma", 1, 2]]);
  });

  it("keeps the first of equal ids: same row is a duplicate, another is a conflict", () => {
    const { sensors, rules, report } = clean(["A;47;7;;;", "A;47;7;;;", "A;48;7;;;", ";47;7;;;"]);
    expect(sensors).toHaveLength(1);
    expect(rules).toEqual([
      ["sensor_missing", 1, 5],
      ["duplicate_in_file", 1, 3],
      ["conflict_in_file", 1, 4],
    ]);
    expect(report).toMatchObject({ rowsIn: 4, rowsKept: 1, rowsDropped: 3, duplicates: 1 });
  });

  it("notes impossible elevations and answers that are neither yes nor no", () => {
    const { sensors, rules } = clean(["A;47;7;99999;maybe;", "B;47;7;high;no;"]);
    expect(sensors).toMatchObject([
      { elevation_m: NaN, is_reference: false },
      { elevation_m: NaN, is_reference: false },
    ]);
    expect(rules).toEqual([
      ["elevation_invalid", 2, 2],
      ["reference_invalid", 1, 2],
    ]);
  });

  it("makes all sensors reference stations when the user said so", () => {
    const columns = MAPPING.columns.filter(({ role }) => role !== "reference");
    expect(
      clean(["A;47;7;;;"], { columns, constants: { reference: { from: "value", value: "yes" } } }).sensors[0],
    ).toMatchObject({ is_reference: true });
  });
});

describe("parseBoolean", () => {
  it("reads yes and no as people write them", () => {
    expect(["Yes", "1", " x ", "TRUE", "ja"].map(parseBoolean)).toEqual([true, true, true, true, true]);
    expect(["no", "0", "", "False"].map(parseBoolean)).toEqual([false, false, false, false]);
    expect(parseBoolean("perhaps")).toBeNull();
  });
});
