import { describe, expect, it } from "vitest";
import { sniff } from "#lib/tables/sniff";
import { readFileName } from "./file-name-parts.ts";
import { SENSOR_KINDS, sensorReadingsKind } from "./kinds.ts";
import type { MappingProposal } from "#lib/datasets/core/mapping";

function propose(text: string, fileName = "file.csv"): MappingProposal & { kind: string | undefined } {
  const sniffed = sniff(new TextEncoder().encode(text));
  const kind = SENSOR_KINDS.toSorted((a, b) => b.likeness(sniffed) - a.likeness(sniffed))[0];
  return { kind: kind?.kind, ...(kind ?? sensorReadingsKind).proposeMapping(sniffed, fileName) };
}

const rolesOf = ({ mapping }: MappingProposal) =>
  Object.fromEntries(
    mapping.columns
      .filter(({ role }) => role !== "ignore")
      .map(({ source, role, observedProperty }) => [source, observedProperty ?? role]),
  );
const questionsOf = ({ questions }: MappingProposal) =>
  questions.filter(({ required }) => required).map(({ id }) => id);

describe("proposeMapping", () => {
  it("reads a weather station export by its header", () => {
    const proposal = propose(
      "SiteId,Latitude,Longitude,ReportEndDateTime,DryBulbTemperature_Celsius,RainfallAmount_Millimetre\n1,50,3,2019-08-01T00:00:00,15.2,0\n1,50,3,2019-08-01T01:00:00,15.9,0\n",
    );
    expect(proposal.kind).toBe("sensor-readings");
    expect(rolesOf(proposal)).toEqual({
      SiteId: "sensor",
      ReportEndDateTime: "timestamp",
      DryBulbTemperature_Celsius: "air_temperature",
      RainfallAmount_Millimetre: "rainfall",
    });
    expect(questionsOf(proposal)).toEqual(["time_zone"]);
  });

  it("reads a channel feed with anonymous fields and asks what they are", () => {
    const proposal = propose(
      "created_at,entry_id,field1,field2,latitude,longitude,elevation,status\n2019-08-01 00:00:00 UTC,1,15.2,60,,,,\n2019-08-01 00:01:00 UTC,2,15.3,60,,,,\n",
      "feeds.csv",
    );
    expect(rolesOf(proposal)).toEqual({ created_at: "timestamp", field1: "field1", field2: "field2" });
    expect(proposal.questions.map(({ id }) => id)).toEqual(["property", "property", "sensor"]);
    expect(proposal.mapping.constants).toEqual({ sensor: { from: "file_name" } });
  });

  it("reads an air quality logger, keeping two calibrations apart", () => {
    const proposal = propose(
      "UTCDateTime,mac_address,current_temp_f,pressure,rssi,uptime,pm2_5_cf_1,pm2_5_atm\n2019/08/01T00:00:00z,a:b,76,1000.2,-60,44,2,2\n2019/08/01T00:02:00z,a:b,76,1000.2,-60,44,2,2\n",
    );
    expect(rolesOf(proposal)).toEqual({
      UTCDateTime: "timestamp",
      mac_address: "sensor",
      current_temp_f: "air_temperature",
      pressure: "air_pressure",
      rssi: "signal_strength",
      pm2_5_cf_1: "pm2_5",
      pm2_5_atm: "pm2_5_atm",
    });
    expect(questionsOf(proposal)).toEqual([]);
  });

  it("reads a long table with units and decimal commas", () => {
    const proposal = propose(
      "sensor_id;parameter;datetime;value;unit\nA1;Temperatur;13.08.2019 12:00;15,2;°C\nA1;Luftfeuchte;13.08.2019 12:00;66,1;%\n",
    );
    expect(proposal.mapping).toMatchObject({
      layout: "long",
      decimalComma: true,
      timestamp: { format: "dd.MM.yyyy HH:mm[:ss]" },
    });
    expect(rolesOf(proposal)).toEqual({
      sensor_id: "sensor",
      parameter: "property",
      datetime: "timestamp",
      value: "value",
      unit: "unit",
    });
  });

  it("joins date and time columns and asks for the order of day and month when nothing tells", () => {
    const proposal = propose("Date,Time,Temp (°F)\n01/02/2019,12:00,66\n01/03/2019,12:00,67\n");
    expect(rolesOf(proposal)).toEqual({ Date: "date", Time: "time_of_day", "Temp (°F)": "air_temperature" });
    expect(questionsOf(proposal)).toEqual(["date_order", "time_zone"]);
  });

  it("reads one column per sensor", () => {
    const { mapping } = propose(
      "time,10347324,10350049\n2019-01-01 00:00,1.2,1.5\n2019-01-01 01:00,1.3,1.5\n",
      "grid_temp.csv",
    );
    expect(mapping.columns.map(({ sensorCode }) => sensorCode)).toEqual([undefined, "10347324", "10350049"]);
    expect(mapping.constants["property"]).toEqual({ from: "file_name" });
  });

  it("doubts the unit when the sample is implausible in the usual one", () => {
    const proposal = propose("time,temp,soil_moisture\n2019-07-01T00:00Z,71,0.21\n2019-07-01T01:00Z,75,0.22\n");
    expect(proposal.mapping.columns.map(({ unit }) => unit)).toEqual([undefined, "degF", "m3/m3"]);
    expect(questionsOf(proposal)).toEqual(["unit", "unit"]);
  });

  it("does not take a running record number or a digital flag for a measurement or a sensor", () => {
    const proposal = propose("id,timestamp,humidity,label\n1,2019-07-01T00:00Z,50,0\n2,2019-07-01T00:10Z,51,1\n");
    expect(rolesOf(proposal)).toEqual({ timestamp: "timestamp", humidity: "relative_humidity" });
  });

  it("proposes to swap coordinates that are all impossible as they stand", () => {
    const proposal = propose("station_id,lat,lon\nA,151.2,-33.9\nB,144.9,-37.8\n");
    expect([proposal.kind, proposal.mapping.positions]).toEqual(["sensor-registry", "swap_all"]);
  });

  it("proposes mappings that its own check accepts", () => {
    const texts = ["time,temp\n2019-07-01T00:00Z,5\n", "a,b\n1,2\n", "x\n", "sensor,lat,lon\nA,1,2\n"];
    const accepted = texts.map((text) => {
      const sniffed = sniff(new TextEncoder().encode(text));
      return SENSOR_KINDS.map((kind) => {
        try {
          kind.checkMapping(kind.proposeMapping(sniffed, "f.csv").mapping, sniffed.columns);
          return true;
        } catch {
          return false;
        }
      });
    });
    expect(accepted).toEqual([
      [false, true],
      [false, false],
      [false, false],
      [true, false],
    ]);
  });
});

describe("readFileName", () => {
  it.each([
    ["TonyGrove2014_temp.csv.gz", "TonyGrove2014", "air_temperature"],
    ["dir/WaterLab2019_do.csv", "WaterLab2019", "dissolved_oxygen"],
    ["roof-soil_moisture.tsv", "roof", "soil_moisture"],
    ["soil_moisture_2021.csv", "soil_moisture_2021", null],
    ["mote1.csv", "mote1", null],
    [".csv", ".csv", null],
  ])("splits %s", (fileName, sensorCode, observedProperty) => {
    expect(readFileName(fileName)).toMatchObject({ sensorCode, observedProperty });
  });
});
