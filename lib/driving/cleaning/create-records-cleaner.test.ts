import { describe, expect, it } from "vitest";
import { columnMapping } from "#lib/datasets/core/mapping";
import { sniff } from "#lib/tables/sniff";
import { readRows } from "#lib/tables/csv-stream";
import { drivingRecordsKind } from "./kinds.ts";
import { RECORD_COLUMNS } from "./record-columns.ts";
import type { Reject } from "#lib/datasets/core/dataset-kind";
import type { QualityReport } from "#lib/datasets/core/quality-report";

const NOW_MS = Date.UTC(2030, 0, 1);
const PLAIN = "anna01,P-1,52.5,13.4,88,90,,2024-03-01 08:00:00";
/** Fields 9 to 20 of a line with one flag, at its place among the 19. */
const flagged = (time: string, flags: Record<number, string>, speed = "120") => {
  const tail = Array.from({ length: 12 }, (_, i) => flags[i + 8] ?? "");
  return ["anna01", "P-1", "52.5", "13.4", speed, "90", "", time, ...tail].join(",");
};
const [START, END, LASTED] = [13, 14, 15];

interface Cleaned {
  rows: Record<string, unknown>[];
  rejects: Reject[];
  report: QualityReport;
}

/** The way of an upload: what the file looks like decides how it is read. */
async function clean(lines: string[], timeZone = "UTC"): Promise<Cleaned> {
  const bytes = Buffer.from(`${lines.join("\n")}\n`);
  const found = sniff(bytes);
  const { mapping } = drivingRecordsKind.proposeMapping(found, "day.csv");
  const zoned = columnMapping.parse({ ...mapping, timestamp: { format: "iso", timeZone } });
  const cleaner = drivingRecordsKind.createCleaner(zoned, { nowMs: NOW_MS, fileName: "day.csv" });
  const cleaned: Omit<Cleaned, "report"> = { rows: [], rejects: [] };
  async function* source() {
    yield await Promise.resolve(bytes);
  }
  for await (const batch of readRows(source(), { ...found })) {
    const { rowCount, columns, rejects } = cleaner.push(batch);
    for (let row = 0; row < rowCount; row++)
      cleaned.rows.push(Object.fromEntries(RECORD_COLUMNS.map(({ name }, i) => [name, columns[i]?.[row]])));
    cleaned.rejects.push(...rejects);
  }
  return { ...cleaned, report: cleaner.finish() };
}

const rulesOf = ({ report }: Cleaned) => report.byRule.map(({ rule, count }) => [rule, count]);

describe("driving records", () => {
  it("reads lines of 8 and of 20 fields without a header, whichever comes first", async () => {
    const event = flagged("2024-03-01 08:00:07", { [START]: "1" });
    for (const lines of [
      [PLAIN, PLAIN, event],
      [event, PLAIN, PLAIN],
    ]) {
      const { rows, report } = await clean(lines);
      expect(report).toMatchObject({ rowsIn: 3, rowsKept: 3 });
      expect(rows.filter((row) => row["is_overspeed"] === true)).toHaveLength(1);
      expect(rows.find((row) => row["is_overspeed"] === false)).toMatchObject({
        driver_id: "anna01",
        plate_number: "P-1",
        latitude: 52.5,
        longitude: 13.4,
        speed_kmh: 88,
        heading_deg: 90,
        site: null,
        source_file: "day.csv",
      });
    }
  });

  it("finds columns by name, in both spellings of the longitude", async () => {
    for (const longitude of ["Longtitude", "Longitude"]) {
      const header = `driverID,carPlateNumber,Latitude,${longitude},Speed,Direction,siteName,Time,isOverspeed`;
      const { rows } = await clean([header, `${PLAIN},1`, `${PLAIN},0`, PLAIN]);
      expect(rows.map((row) => [row["longitude"], row["is_overspeed"]])).toEqual([
        [13.4, true],
        [13.4, false],
        [13.4, false],
      ]);
    }
  });

  it("keeps the clock as written and places the instant by the zone", async () => {
    const { rows } = await clean([PLAIN, PLAIN], "Asia/Shanghai");
    expect(rows[0]).toMatchObject({
      clock_s: Date.UTC(2024, 2, 1, 8) / 1000,
      recorded_at: Date.UTC(2024, 2, 1, 0),
    });
  });

  it("keeps identical lines, in their order, and says so", async () => {
    const end = flagged("2024-03-01 08:00:07", { [END]: "1", [LASTED]: "0" });
    const cleaned = await clean([PLAIN, end, end, flagged("2024-03-01 08:00:07", { [START]: "1" })]);
    expect(cleaned.rows.map((row) => [row["is_overspeed_end"], row["is_overspeed"], row["source_row"]])).toEqual([
      [false, false, 1],
      [true, false, 2],
      [true, false, 3],
      [false, true, 4],
    ]);
    expect(rulesOf(cleaned)).toEqual([["repeated_row", 1]]);
  });

  it("tells a duration of 0 from none", async () => {
    const { rows } = await clean([PLAIN, flagged("2024-03-01 08:00:07", { [END]: "1", [LASTED]: "0" })]);
    expect(rows.map((row) => row["overspeed_s"])).toEqual([NaN, 0]);
  });

  it.each([
    ["driver_missing", PLAIN.replace("anna01", "")],
    ["plate_missing", PLAIN.replace("P-1", "")],
    ["position_invalid", PLAIN.replace("52.5", "95")],
    ["position_invalid", PLAIN.replace("13.4", "")],
    ["speed_invalid", PLAIN.replace(",88,", ",301,")],
    ["speed_invalid", PLAIN.replace(",88,", ",fast,")],
    ["heading_invalid", PLAIN.replace(",90,", ",360,")],
    ["time_unparseable", PLAIN.replace("08:00:00", "25:00:00")],
    ["time_future", PLAIN.replace("2024", "2040")],
    ["time_too_old", PLAIN.replace("2024", "1970")],
    ["row_shape", `${PLAIN},1`],
    ["row_shape", `${flagged("2024-03-01 08:00:07", { [START]: "1" })}x`],
    ["flag_invalid", flagged("2024-03-01 08:00:07", { [START]: "yes" })],
    ["duration_without_end", flagged("2024-03-01 08:00:07", { [START]: "1", [LASTED]: "4" })],
    ["duration_invalid", flagged("2024-03-01 08:00:07", { [END]: "1", [LASTED]: "-4" })],
  ])("rejects %s and keeps the others", async (rule, line) => {
    const cleaned = await clean([
      PLAIN,
      PLAIN.replace("08:00:00", "08:00:10"),
      line,
      PLAIN.replace("08:00:00", "08:00:20"),
    ]);
    expect(cleaned.report).toMatchObject({ rowsIn: 4, rowsKept: 3, rowsDropped: 1 });
    expect(cleaned.rejects).toMatchObject([{ rule, row: 3 }]);
  });

  it("keeps and notes what is odd but not wrong", async () => {
    const cleaned = await clean([
      PLAIN,
      PLAIN.replace("08:00:00", "07:00:00"),
      PLAIN.replace("P-1", "P-2").replace("08:00:00", "08:00:30.5"),
      flagged("2024-03-01 08:00:40", { [END]: "1" }).replace("P-1", "P-2"),
      "",
    ]);
    expect(cleaned.report).toMatchObject({ rowsIn: 4, rowsKept: 4, rowsRepaired: 1 });
    expect(rulesOf(cleaned)).toEqual([
      ["blank_line", 1],
      ["duration_missing", 1],
      ["time_rounded", 1],
      ["plate_changed", 1],
      ["out_of_order", 1],
    ]);
  });

  it("is recognised by its lines, and other tables are not taken for it", () => {
    const likeness = (text: string) => drivingRecordsKind.likeness(sniff(Buffer.from(text)));
    expect(likeness(`${PLAIN}\n${PLAIN}\n`)).toBeGreaterThan(0.9);
    expect(likeness("sensor,time,value\na,2024-01-01 00:00,1\nb,2024-01-01 00:00,2\n")).toBe(0);
    expect(likeness("a,2024-01-01 00:00,1\nb,2024-01-01 00:00,2\n")).toBe(0);
  });

  it("refuses a mapping without the fields that every record has", () => {
    const mapping = columnMapping.parse({ kind: "driving-records", layout: "long", columns: [] });
    expect(() => drivingRecordsKind.checkMapping(mapping, [])).toThrow("No column holds: Driver.");
  });
});
