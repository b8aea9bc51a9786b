import { describe, expect, it } from "vitest";
import { sniff } from "#lib/tables/sniff";
import { CsvParser } from "#lib/tables/csv-parser";
import type { ColumnMapping } from "#lib/datasets/core/mapping";
import { chargingFleetSessionsKind, chargingSessionsKind } from "./kinds.ts";
import { SESSION_COLUMNS, SESSION_ROLES } from "./session-columns.ts";
import { CALIFORNIA } from "./settings.ts";

const HEADERS = SESSION_ROLES.flatMap(({ chargePoint }) => chargePoint ?? []);
const GOOD: Record<string, string> = {
  "Session ID": "1",
  "Connector Type": "J1772",
  "POI Category": "Workplace",
  "Station Start Time (Local)": "2019-03-15 14:38:02.4",
  "Station End Time (Local)": "2019-03-15 16:38:02.4",
  "Session Time Zone": "PDT",
  "Session Time (secs)": "7200",
  "Energy (kWh)": "8.4",
  "Fee Currency": "USD",
  "Driver Country": "United States",
  "Max Power": "6.6",
  "Session Type": "DRIVER",
};

const line = (row: Record<string, string>) => HEADERS.map((header) => row[header] ?? "").join(",");

function clean(text: string, change: (mapping: ColumnMapping) => ColumnMapping = (mapping) => mapping) {
  const head = sniff(new TextEncoder().encode(text));
  const kind = chargingSessionsKind;
  const mapping = change(kind.proposeMapping(head, "x.csv").mapping);
  kind.checkMapping(mapping, head.columns);
  const cleaner = kind.createCleaner(mapping, { nowMs: 0, fileName: "x.csv" });
  const parser = new CsvParser({ delimiter: head.delimiter, quote: '"' });
  const [, ...rows] = [...parser.push(text), ...parser.end().rows];
  const batch = cleaner.push({ firstRow: 2, columns: head.columns, rows });
  const of = (name: string) => [...batch.columns[SESSION_COLUMNS.findIndex((column) => column.name === name)]!];
  return { batch, of, report: cleaner.finish(), aside: cleaner.finishAside!(), head, mapping };
}

const cleanRows = (...rows: Record<string, string>[]) => {
  const all = [GOOD, ...rows.map((row) => ({ ...GOOD, ...row }))];
  return clean(`${HEADERS.join(",")}\n${all.map(line).join("\n")}\n`);
};

describe("a ChargePoint file", () => {
  it.each([
    ["energy_low", { "Energy (kWh)": "0.09" }],
    ["energy_low", { "Energy (kWh)": "" }],
    ["session_short", { "Session Time (secs)": "119" }],
    ["connector_dropped", { "Connector Type": "Type 2 Cable" }],
    ["other_energy_high", { "Session Type": "OTHER", "Energy (kWh)": "251" }],
    ["start_missing", { "Station Start Time (Local)": "" }],
    ["zone_outside", { "Session Time Zone": "EDT" }],
    ["country_outside", { "Driver Country": "Canada" }],
    ["currency_outside", { "Fee Currency": "CAD" }],
  ])("drops by %s and says so: %j", (rule, change) => {
    const { report, batch } = cleanRows(change);
    expect(report).toMatchObject({ rowsIn: 2, rowsKept: 1, rowsDropped: 1 });
    expect(report.byRule.map((finding) => finding.rule)).toEqual([rule]);
    expect(batch.rejects).toMatchObject([{ row: 3, rule }]);
  });

  it("keeps blank zones, countries and currencies, and values at their limits", () => {
    const blank = { "Session Time Zone": "", "Driver Country": "", "Fee Currency": "" };
    const least = { "Energy (kWh)": "0.1", "Session Time (secs)": "120" };
    expect(cleanRows(blank, least, { "Session Type": "OTHER", "Energy (kWh)": "250" }).report.rowsDropped).toBe(0);
  });

  it("names the first rule that a row fails, in the order of the rules", () => {
    const { report } = cleanRows({ "Energy (kWh)": "0", "Session Time (secs)": "1", "Fee Currency": "CAD" });
    expect(report.byRule.map(({ rule, count }) => [rule, count])).toEqual([["energy_low", 1]]);
  });

  it("puts fleets beside, judged by the rules before that only, and counts them", () => {
    const { batch, report, aside } = cleanRows(
      { "Session Type": "FLEET", "Fee Currency": "CAD" },
      { "Session Type": "FLEET", "Energy (kWh)": "0" },
    );
    expect(batch.aside?.rowCount).toBe(1);
    expect(aside).toMatchObject({ rowsIn: 1, rowsKept: 1 });
    expect(report.byRule.map(({ rule, count }) => [rule, count])).toEqual([
      ["energy_low", 1],
      ["fleet_apart", 1],
    ]);
    expect(batch.rejects.map(({ rule }) => rule)).toEqual(["energy_low"]);
  });

  it("stores instants of the station's zone and the calendar of its wall clock", () => {
    const { of } = cleanRows();
    expect(new Date(of("started_at")[0] as number).toISOString()).toBe("2019-03-15T21:38:02.400Z");
    expect(of("start_s")).toEqual([52_682]);
    expect([of("start_year"), of("start_month"), of("start_day_of_year"), of("start_weekday")].flat()).toEqual([
      2019, 3, 74, 4,
    ]);
    expect(of("segment")).toEqual(["work"]);
  });

  it("tells the two hours of the autumn change apart by the row's zone", () => {
    const at = { "Station Start Time (Local)": "2019-11-03 01:30:00.0" };
    const { of } = cleanRows({ ...at, "Session Time Zone": "PDT" }, { ...at, "Session Time Zone": "PST" });
    const [, first, second] = of("started_at") as number[];
    expect(second! - first!).toBe(3_600_000);
  });
});

it("takes each rule's setting from the mapping, and refuses one that cannot be", () => {
  const text = `${HEADERS.join(",")}\n${line({ ...GOOD, "Energy (kWh)": "0.05", "Fee Currency": "CAD" })}\n`;
  const set = (settings: ColumnMapping["settings"]) => clean(text, (mapping) => ({ ...mapping, settings })).report;
  expect(set({ energyKwhMin: null, currencies: [] }).rowsKept).toBe(1);
  expect(set({ ...CALIFORNIA, energyKwhMin: 0.01 }).byRule[0]?.rule).toBe("currency_outside");
  expect(() => set({ energyKwhMin: -1 })).toThrow();
  expect(() => set({ energyMin: 1 })).toThrow();
});

it("reads any table whose headers say start, energy and end, and asks for what they do not", () => {
  const text = "id;plug_in;plug_out;energy_wh\n7;15.03.2019 14:00;15.03.2019 16:30;12500\n";
  const { of, head } = clean(text, (mapping) => ({
    ...mapping,
    timestamp: { format: "dd.MM.yyyy HH:mm[:ss]", timeZone: "Europe/Berlin" },
  }));
  expect([of("energy_kwh"), of("session_s"), of("start_s")].flat()).toEqual([12.5, 9000, 50_400]);
  const { questions } = chargingSessionsKind.proposeMapping(head, "x.csv");
  expect(questions.map(({ id }) => id)).toEqual(["time_zone"]);
  const unnamed = sniff(new TextEncoder().encode("a,b\n2019-01-01T00:00:00Z,5\n"));
  expect(chargingSessionsKind.proposeMapping(unnamed, "x.csv").questions.map(({ role }) => role)).toEqual([
    "start",
    "energy",
    "duration",
  ]);
});

it("keeps where the station stands, in ChargePoint’s export too", () => {
  const text = `${HEADERS.join(",")},Latitude,Longitude\n${line(GOOD)},37.77,-122.42\n${line(GOOD)},,\n`;
  const { of } = clean(text);
  expect(of("latitude")).toEqual([37.77, NaN]);
  expect(of("longitude")).toEqual([-122.42, NaN]);
});

it("keeps the fleet when a file of fleets is sent as such", () => {
  const text = `${HEADERS.join(",")}\n${line({ ...GOOD, "Session Type": "FLEET" })}\n`;
  const head = sniff(new TextEncoder().encode(text));
  const { mapping } = chargingFleetSessionsKind.proposeMapping(head, "x.csv");
  const cleaner = chargingFleetSessionsKind.createCleaner(mapping, { nowMs: 0, fileName: "x.csv" });
  const rows = [text.split("\n")[1]!.split(",")];
  expect(cleaner.push({ firstRow: 2, columns: head.columns, rows })).toMatchObject({ rowCount: 1 });
});
