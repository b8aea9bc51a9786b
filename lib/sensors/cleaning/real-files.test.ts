import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readTable } from "#lib/tables/read-table";
import { SENSOR_KINDS } from "./kinds.ts";
import type { ColumnMapping, MappingProposal } from "#lib/datasets/core/mapping";
import type { QualityReport } from "#lib/datasets/core/quality-report";

const FOLDER = join(import.meta.dirname, "../../../../shared/data/sensors");
const isThere = existsSync(FOLDER);

interface Imported {
  kind: string;
  proposal: MappingProposal;
  report: QualityReport;
  sensors: Set<string>;
  properties: Set<string>;
}

/** Reads a file as the pipeline does, with the proposed mapping and the zone a user would choose. */
async function importFile(path: string, timeZone = "UTC"): Promise<Imported> {
  const fileName = path.split("/").at(-1) ?? path;
  const table = await readTable({ path: join(FOLDER, path) }, { fileName });
  const kind = SENSOR_KINDS.toSorted((a, b) => b.likeness(table.sniff) - a.likeness(table.sniff))[0];
  if (kind === undefined) throw new Error("No kind.");
  const proposal = kind.proposeMapping(table.sniff, fileName);
  const mapping: ColumnMapping = {
    ...proposal.mapping,
    ...(proposal.mapping.timestamp && { timestamp: { ...proposal.mapping.timestamp, timeZone } }),
  };
  const cleaner = kind.createCleaner(mapping, { nowMs: Date.UTC(2026, 0, 1), fileName });
  const [sensors, properties] = [new Set<string>(), new Set<string>()];
  for await (const batch of table.batches) {
    const { columns } = cleaner.push(batch);
    for (const code of columns[0] ?? []) sensors.add(String(code));
    if (kind.kind === "sensor-readings") for (const property of columns[1] ?? []) properties.add(String(property));
  }
  return { kind: kind.kind, proposal, report: cleaner.finish(), sensors, properties };
}

const rolesOf = ({ proposal }: Imported) =>
  Object.fromEntries(
    proposal.mapping.columns
      .filter(({ role }) => role !== "ignore" && role !== "attribute")
      .map(({ source, role, observedProperty }) => [source, observedProperty ?? role]),
  );

describe.skipIf(!isThere)(
  `real sensor files${isThere ? "" : " (skipped: ../shared/data/sensors is not there)"}`,
  () => {
    it("imports the Freiburg loggers: every value of 26 sensors", async () => {
      const list = await importFile("freiburg_hobo_2023/stations.csv");
      expect(list.kind).toBe("sensor-registry");
      expect(rolesOf(list)).toEqual({
        hobo_id: "sensor",
        latitude: "latitude",
        longitude: "longitude",
        exposition: "exposure",
      });
      expect(list.report).toMatchObject({ rowsIn: 26, rowsKept: 26, byRule: [] });
      const readings = await importFile("freiburg_hobo_2023/ten_minute.csv.gz", "Europe/Berlin");
      expect(rolesOf(readings)).toEqual({
        hobo_id: "sensor",
        timestamp: "timestamp",
        temp_c: "air_temperature",
        lux: "illuminance",
      });
      expect(readings.sensors).toEqual(list.sensors);
      expect(readings.report).toMatchObject({
        rowsIn: 142_266,
        rowsKept: 142_171,
        rowsEmpty: 95,
        rowsDropped: 0,
        valuesKept: 284_342,
      });
      const hourly = await importFile("freiburg_hobo_2023/hourly_student_qc.csv.gz", "Europe/Berlin");
      // Rows write 2022.12.01 or 2022-12-01; one logger writes two-digit years, which nobody may guess at.
      expect(hourly.report).toMatchObject({ rowsIn: 24_624, rowsKept: 23_712, rowsDropped: 912 });
      expect(hourly.report.byRule.map(({ rule }) => rule)).toEqual(["timestamp_unparseable"]);
    }, 30_000);

    it("imports the European WOW sites: 1,928 on the map", async () => {
      const sites = await importFile("wow_sites_europe_2019.csv");
      expect(sites).toMatchObject({ kind: "sensor-registry", report: { rowsIn: 1928, rowsKept: 1928, byRule: [] } });
      expect(sites.report.columns.find(({ column }) => column === "latitude")?.kept).toBe(1928);
    });

    it.each([
      ["temp", "air_temperature", 27],
      ["cond", "specific_conductance", 0],
      ["ph", "ph", 0],
      ["do", "dissolved_oxygen", 0],
    ])("imports stream %s with sensor and quantity from the file name", async (ending, property, errorCodeCount) => {
      const imported = await importFile(`lro/TonyGrove2014_${ending}.csv.gz`, "America/Denver");
      expect(rolesOf(imported)).toEqual({ timestamp: "timestamp", raw: "value" });
      expect(imported.proposal.questions.map(({ id }) => id)).toContain("value_column");
      expect([...imported.sensors, ...imported.properties]).toEqual(["TonyGrove2014", property]);
      expect(imported.report.rowsIn).toBe(20_674);
      expect(imported.report.byRule.find(({ rule }) => rule === "error_code")?.count ?? 0).toBe(errorCodeCount);
    });

    it("imports the GROW sensors and asks which of two ids the readings use", async () => {
      const sensors = await importFile("grow_algarve/sensors.csv");
      expect(sensors).toMatchObject({ kind: "sensor-registry", report: { rowsIn: 222, rowsKept: 222 } });
      const question = sensors.proposal.questions.find(({ id }) => id === "sensor_column");
      expect(question?.options.map(({ value }) => value)).toEqual(expect.arrayContaining(["sensor_id", "fp_id"]));
      const daily = await importFile("grow_algarve/daily_soil_moisture.csv.gz", "Europe/Lisbon");
      expect(rolesOf(daily)).toEqual({ fp_id: "sensor", date: "timestamp", soil_moisture_percent: "soil_moisture" });
      expect(daily.report).toMatchObject({ rowsIn: 75_646, rowsDropped: 0 });
      expect(daily.sensors.size).toBe(218);
    }, 30_000);

    it("imports the motes, named after their files, without their label columns", async () => {
      const mote = await importFile("wsn_singlehop/mote1.csv.gz");
      expect(rolesOf(mote)).toEqual({
        timestamp: "timestamp",
        temperature: "air_temperature",
        humidity: "relative_humidity",
      });
      expect([...mote.sensors]).toEqual(["mote1"]);
      expect(mote.report).toMatchObject({ rowsIn: 4417, rowsKept: 4417 });
    });

    it("imports the UFZ series: several quantities, one, and five neighbours", async () => {
      const hydro = await importFile("saqc/hydro_level_sac_watertemp.csv.gz");
      expect(rolesOf(hydro)).toEqual({
        timestamp: "timestamp",
        sac254_raw: "spectral_absorption_254",
        level_raw: "water_level",
        water_temp_raw: "water_temperature",
      });
      expect(hydro.report.rowsIn).toBe(70_163);
      const soil = await importFile("saqc/soil_moisture_2021.csv.gz");
      expect(rolesOf(soil)).toEqual({ timestamp: "timestamp", soil_moisture: "soil_moisture" });
      const group = await importFile("saqc/temp_group_of_5_2017.csv.gz");
      expect(group.sensors.size).toBe(5);
      expect([...group.properties]).toEqual(["air_temperature"]);
    }, 30_000);
  },
);
