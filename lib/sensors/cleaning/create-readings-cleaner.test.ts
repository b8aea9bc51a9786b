import { describe, expect, it } from "vitest";
import { columnMapping } from "#lib/datasets/core/mapping";
import { createReadingsCleaner } from "./create-readings-cleaner.ts";
import { READING_COLUMNS } from "./reading-columns.ts";
import type { Reject } from "#lib/datasets/core/dataset-kind";
import type { QualityReport } from "#lib/datasets/core/quality-report";

const NOW_MS = Date.UTC(2024, 0, 1);

const WIDE = {
  kind: "sensor-readings",
  layout: "wide",
  columns: [
    { source: "id", role: "sensor" },
    { source: "time", role: "timestamp" },
    { source: "temp", role: "value", observedProperty: "air_temperature", unit: "Cel" },
    { source: "rh", role: "value", observedProperty: "relative_humidity" },
  ],
  timestamp: { format: "iso", timeZone: "Europe/Berlin" },
};
const LONG = {
  kind: "sensor-readings",
  layout: "long",
  columns: ["sensor", "property", "timestamp", "value", "unit"].map((role) => ({ source: role, role })),
  timestamp: { format: "iso", timeZone: "UTC" },
};

type Observation = Record<string, unknown>;

interface Cleaned {
  rows: Observation[];
  rejects: Reject[];
  report: QualityReport;
}

function clean(mapping: object, columns: string[], rows: string[][], fileName = "file.csv"): Cleaned {
  const cleaner = createReadingsCleaner(columnMapping.parse(mapping), { nowMs: NOW_MS, fileName });
  const { rowCount, columns: values, rejects } = cleaner.push({ firstRow: 2, columns, rows });
  const observations = Array.from({ length: rowCount }, (_, row) =>
    Object.fromEntries(READING_COLUMNS.map(({ name }, index) => [name, values[index]?.[row] ?? null])),
  );
  return { rows: observations, rejects, report: cleaner.finish() };
}

const wide = (...rows: string[]) =>
  clean(
    WIDE,
    ["id", "time", "temp", "rh"],
    rows.map((row) => row.split(",")),
  );
const long = (...rows: string[]) =>
  clean(
    LONG,
    LONG.columns.map(({ source }) => source),
    rows.map((row) => row.split(",")),
  );
const rulesOf = ({ report }: Cleaned) => report.byRule.map(({ rule, count, firstRow }) => [rule, count, firstRow]);
const valuesOf = ({ rows }: Cleaned) => rows.map((row) => row["value"]);
const timesOf = ({ rows }: Cleaned) =>
  rows.map((row) => new Date(Number(row["observed_at"])).toISOString().slice(0, 16));

describe("createReadingsCleaner", () => {
  it("makes one observation per value of a wide row, in UTC, with its row", () => {
    const { rows, report } = wide("A,2022-07-01T12:00,21.5,60");
    expect(rows).toMatchObject([
      {
        sensor_code: "A",
        observed_property: "air_temperature",
        observed_at: Date.UTC(2022, 6, 1, 10),
        value: 21.5,
        unit: "Cel",
        source_row: 2,
      },
      {
        sensor_code: "A",
        observed_property: "relative_humidity",
        value: 60,
        unit: "%",
        original_unit: null,
        source_file: "file.csv",
      },
    ]);
    expect(report).toMatchObject({ rowsIn: 1, rowsKept: 1, valuesKept: 2, byRule: [] });
  });

  it("converts units at the door and keeps the original beside the value", () => {
    const cleaned = long("A,Temperatur,2022-01-01T00:00Z,70,°F", "A,pressure,2022-01-01T00:00Z,29.92,inHg");
    expect(cleaned.rows).toMatchObject([
      {
        observed_property: "air_temperature",
        value: 21.111111111,
        unit: "Cel",
        original_value: 70,
        original_unit: "°F",
      },
      {
        observed_property: "air_pressure",
        value: 1013.207888,
        unit: "hPa",
        original_value: 29.92,
        original_unit: "inHg",
      },
    ]);
    expect(rulesOf(cleaned)).toEqual([["unit_converted", 2, 2]]);
  });

  it("keeps unknown and unfitting units as written, and says so", () => {
    const cleaned = long(
      "A,temp,2022-01-01T00:00Z,70,banana",
      "A,rh,2022-01-01T00:00Z,70,hPa",
      "A,radon,2022-01-01T00:00Z,70,Bq/m3",
    );
    expect(cleaned.rows.map((row) => [row["observed_property"], row["value"], row["unit"]])).toEqual([
      ["air_temperature", 70, "banana"],
      ["relative_humidity", 70, "hPa"],
      ["radon", 70, "Bq/m3"],
    ]);
    expect(rulesOf(cleaned)).toEqual([["unit_unknown", 3, 2]]);
  });

  it("drops rows of the wrong shape, passes over empty lines and forgives trailing separators", () => {
    const cleaned = wide("A,2022-01-01T00:00,1", "", "A,2022-01-01T00:10,1,2,,", "A,2022-01-01T00:20,1,2,3");
    expect(rulesOf(cleaned)).toEqual([
      ["blank_line", 1, 3],
      ["row_shape", 2, 2],
    ]);
    expect(cleaned.report).toMatchObject({ rowsIn: 3, rowsKept: 1, rowsDropped: 2 });
    expect(cleaned.rejects.map(({ row, rule }) => [row, rule])).toEqual([
      [2, "row_shape"],
      [5, "row_shape"],
    ]);
  });

  it("drops times that cannot be, each by its own rule", () => {
    const cleaned = wide(
      "A,yesterday,1,2",
      "A,,1,2",
      "A,2024-01-03T00:00,1,2",
      "A,1900-01-01T00:00,1,2",
      "A,2024-01-01T12:00,1,2",
    );
    expect(rulesOf(cleaned)).toEqual([
      ["timestamp_unparseable", 2, 2],
      ["timestamp_future", 1, 4],
      ["timestamp_too_old", 1, 5],
    ]);
    expect(cleaned.report.rowsKept).toBe(1);
  });

  it("follows the clock through the autumn change, in rising and in falling order", () => {
    const local = ["01:50", "02:00", "02:30", "02:00", "02:30", "03:00"].map((time) => `A,2022-10-30T${time},1,`);
    const expected = [
      "2022-10-29T23:50",
      "2022-10-30T00:00",
      "2022-10-30T00:30",
      "2022-10-30T01:00",
      "2022-10-30T01:30",
      "2022-10-30T02:00",
    ];
    const rising = wide(...local);
    expect(timesOf(rising)).toEqual(expected);
    expect(rulesOf(rising)[0]).toEqual(["timestamp_ambiguous", 4, 3]);
    expect(rising.report.rowsRepaired).toBe(4);
    const start = "A,2022-10-30T03:10,1,";
    expect(timesOf(wide(start, ...local.toReversed())).slice(1)).toEqual(expected.toReversed());
  });

  it("moves times in the spring gap forward and keeps them", () => {
    const cleaned = wide("A,2022-03-27T02:30,1,2");
    expect(timesOf(cleaned)[0]).toBe("2022-03-27T01:30");
    expect(rulesOf(cleaned)).toEqual([["timestamp_nonexistent", 1, 2]]);
    expect(cleaned.report.byRule[0]?.advice).toContain("fixed offset");
  });

  it("tells missing values, failed measurements and nonsense apart", () => {
    const cleaned = wide(
      "A,2022-01-01T00:00,,NA",
      "A,2022-01-01T00:10,NaN,-9999",
      "A,2022-01-01T00:20,warm,999.9",
      "A,2022-01-01T00:30,-999,2",
    );
    expect(rulesOf(cleaned)).toEqual([
      ["value_missing", 2, 2],
      ["value_not_number", 1, 4],
      ["error_code", 4, 3],
    ]);
    expect(cleaned.report).toMatchObject({ rowsIn: 4, rowsEmpty: 1, rowsDropped: 2, rowsKept: 1 });
  });

  it("takes a number for an error code only where the quantity cannot be that number", () => {
    const cleaned = long(
      "A,lux,2022-01-01T00:00Z,9999,lx",
      "A,co2,2022-01-01T00:00Z,1999,ppm",
      "A,temp,2022-01-01T00:00Z,999,°F",
      "A,gadget,2022-01-01T00:00Z,-999,",
    );
    expect(valuesOf(cleaned)).toEqual([9999, 1999, -999]);
    expect(rulesOf(cleaned)).toEqual([["error_code", 1, 4]]);
  });

  it("drops what is physically impossible and keeps what is only odd", () => {
    const cleaned = wide("A,2022-01-01T00:00,150,60", "A,2022-01-01T00:10,85,60");
    expect(valuesOf(cleaned)).toEqual([60, 85, 60]);
    expect(cleaned.rejects).toMatchObject([{ rule: "out_of_physical_range", row: 2, column: "temp" }]);
    expect(cleaned.report.columns.find(({ column }) => column === "air_temperature")).toMatchObject({
      kept: 1,
      dropped: 1,
      min: 85,
      max: 85,
    });
  });

  it("finds repeated rows and conflicting values near each other, and leaves distant ones to the database", () => {
    const near = wide(
      "A,2022-01-01T00:00,1,2",
      "A,2022-01-01T00:10,1,2",
      "A,2022-01-01T00:00,1,2",
      "A,2022-01-01T00:10,9,2",
    );
    expect(rulesOf(near)).toEqual([
      ["duplicate_in_file", 3, 4],
      ["conflict_in_file", 1, 5],
    ]);
    expect(near.report).toMatchObject({ rowsKept: 2, duplicates: 1, rowsDropped: 2 });
    const minutes = Array.from({ length: 60 }, (_, i) => `A,2022-01-01T00:${String(i).padStart(2, "0")},1,2`);
    expect(wide(...minutes, minutes[0] ?? "").report.duplicates).toBe(0);
  });

  it("does not mix up sensors or quantities with equal times", () => {
    expect(wide("A,2022-01-01T00:00,1,1", "B,2022-01-01T00:00,1,1").report).toMatchObject({
      valuesKept: 4,
      byRule: [],
    });
  });

  it("drops rows without a sensor id", () => {
    expect(rulesOf(wide(" ,2022-01-01T00:00,1,2"))).toEqual([["sensor_missing", 1, 2]]);
  });

  it("reads decimal commas when told, and advises it when not", () => {
    const rows = [["A", "2022-01-01T00:00", "1,5", "60,25"]];
    const columns = ["id", "time", "temp", "rh"];
    expect(valuesOf(clean({ ...WIDE, decimalComma: true }, columns, rows))).toEqual([1.5, 60.25]);
    expect(clean(WIDE, columns, rows).report.byRule[0]?.advice).toContain("decimal comma");
  });

  it("takes sensor and quantity from the file's name, and the batch's name before the upload's", () => {
    const mapping = {
      ...LONG,
      columns: [
        { source: "t", role: "timestamp" },
        { source: "raw", role: "value" },
      ],
      constants: { sensor: { from: "file_name" }, property: { from: "file_name" } },
    };
    const rows = [["2022-01-01T00:00Z", "7.1"]];
    expect(clean(mapping, ["t", "raw"], rows, "TonyGrove2014_ph.csv.gz").rows).toMatchObject([
      { sensor_code: "TonyGrove2014", observed_property: "ph", unit: "[pH]" },
    ]);
    const cleaner = createReadingsCleaner(columnMapping.parse(mapping), { nowMs: NOW_MS, fileName: "all.zip" });
    const columns = ["t", "raw"];
    const names = ["x/A_temp.csv", "x/B_do.csv"].map((fileName) =>
      cleaner
        .push({ firstRow: 2, columns, rows, fileName })
        .columns.slice(0, 2)
        .map(([first]) => first),
    );
    expect(names).toEqual([
      ["A", "air_temperature"],
      ["B", "dissolved_oxygen"],
    ]);
  });

  it("joins a date and a time of day, and reads one column per sensor", () => {
    const mapping = {
      ...WIDE,
      columns: [
        { source: "d", role: "date" },
        { source: "t", role: "time_of_day" },
        { source: "s1", role: "value", observedProperty: "air_temperature", sensorCode: "S1" },
        { source: "s2", role: "value", observedProperty: "air_temperature", sensorCode: "S2" },
      ],
      timestamp: { format: "dd.MM.yyyy HH:mm", timeZone: "UTC" },
    };
    const { rows } = clean(mapping, ["d", "t", "s1", "s2"], [["01.02.2022", "10:00", "1", "2"]]);
    expect(rows).toMatchObject([
      { sensor_code: "S1", observed_at: Date.UTC(2022, 1, 1, 10), value: 1 },
      { sensor_code: "S2", value: 2 },
    ]);
  });

  it("keeps two columns of one quantity apart when the mapping names them apart", () => {
    const mapping = {
      ...WIDE,
      columns: [
        ...WIDE.columns.slice(0, 3),
        { source: "rh", role: "value", observedProperty: "temp_clean", unit: "Cel" },
      ],
    };
    const { rows } = clean(mapping, ["id", "time", "temp", "rh"], [["A", "2022-01-01T00:00", "1", "2"]]);
    expect(rows.map((row) => row["observed_property"])).toEqual(["air_temperature", "temp_clean"]);
  });

  it("survives a file in which every row is bad", () => {
    const bad = wide(...Array.from({ length: 500 }, () => "A,never,x,y"));
    expect(bad.report).toMatchObject({ rowsIn: 500, rowsKept: 0, rowsDropped: 500 });
    expect(bad.report.byRule[0]?.examples).toHaveLength(10);
    expect(bad.rejects).toHaveLength(500);
  });

  it("reports nothing in, nothing out for a header alone", () => {
    expect(wide().report).toMatchObject({ rowsIn: 0, rowsKept: 0, byRule: [] });
  });

  it("names everything a mapping lacks", () => {
    const mapping = { kind: "sensor-readings", layout: "wide", columns: [{ source: "gone", role: "value" }] };
    try {
      clean(mapping, ["a"], []);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: "invalid_input" });
      expect(error).toHaveProperty("fields.length", 5);
    }
  });
});
