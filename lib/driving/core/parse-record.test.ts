import { describe, expect, test } from "vitest";
import { parseRecord } from "./parse-record.ts";
import { rowsOfCsv, rowsOfNdjson } from "./posted-rows.ts";
import { FLAG } from "./record.ts";

const NOW_MS = Date.UTC(2026, 10, 27);
const PLAIN = {
  driverID: "likun1000003",
  carPlateNumber: "华AVM936",
  Latitude: "32.056444",
  Longtitude: "118.777589",
  Speed: "72",
  Direction: "211",
  Time: "2017-01-01 08:00:05",
};
const parse = (change: Record<string, unknown> = {}) => parseRecord({ ...PLAIN, ...change }, NOW_MS);

describe("parseRecord", () => {
  test("texts and numbers say the same", () => {
    const numbers = { Latitude: 32.056444, Longtitude: 118.777589, Speed: 72, Direction: 211, isFatigueDriving: 1 };
    expect(parse(numbers)).toEqual(parse({ isFatigueDriving: "1" }));
    expect(parse(numbers)).toMatchObject({
      driverCode: "likun1000003",
      plate: "华AVM936",
      latitude: 32.056444,
      speedKmh: 72,
      recordedAtMs: Date.UTC(2017, 0, 1, 8, 0, 5),
      flags: FLAG.fatigue,
      siteName: null,
      producerSeq: null,
    });
  });

  test("both spellings of longitude, any case, and members without a meaning", () => {
    const { Longtitude, ...rest } = PLAIN;
    const other = parseRecord({ ...rest, longitude: Longtitude, heading: "north" }, NOW_MS);
    expect(other).toEqual(parse());
  });

  test("absent, empty and 0 are kept apart for durations", () => {
    expect(parse({ isOverspeedFinished: "1", overspeedTime: "0" })).toMatchObject({ overspeedS: 0 });
    expect(parse({ isOverspeedFinished: "1" })).toMatchObject({ overspeedS: NaN, flags: FLAG.overspeedEnd });
    expect(parse({ isOverspeedFinished: "", overspeedTime: "" })).toMatchObject({ overspeedS: NaN, flags: 0 });
  });

  test("a flag of 0 is no flag", () => {
    expect(parse({ isOverspeed: "0", isOilLeak: 0, isFatigueDriving: null })).toMatchObject({ flags: 0 });
  });

  test.each([
    ["Latitude", "91"],
    ["Longtitude", "-181"],
    ["Speed", "301"],
    ["Speed", "0x10"],
    ["Speed", "fast"],
    ["Speed", Number.NaN],
    ["Speed", ["72"]],
    ["Speed", ""],
    ["Direction", "360"],
    ["driverID", " "],
    ["driverID", "x".repeat(65)],
    ["carPlateNumber", "a\0b"],
    ["Time", "2017-01-01"],
    ["Time", "2017-02-30 08:00:00"],
    ["Time", "2017-01-01T08:00:05Z"],
    ["Time", "1970-01-01 00:00:00"],
    ["Time", "2026-12-01 00:00:00"],
    ["Time", 1483257605000],
    ["isOverspeed", "yes"],
    ["overspeedTime", "3"],
    ["sequence", "1.5"],
  ])("%s %j is refused by name", (member, value) => {
    expect(parse({ [member]: value })).toMatchObject({ member });
  });

  test.each([[null], ["text"], [[1]], [7]])("%j is no record", (row) => {
    expect(parseRecord(row, NOW_MS)).toMatchObject({ member: "record" });
  });
});

describe("posted rows", () => {
  const [short, long] = [
    "likun1000003,华AVM936,32.056444,118.777589,72,211,,2017-01-01 08:00:05",
    "likun1000003,华AVM936,32.056444,118.777589,72,211,,2017-01-01 08:00:05,,,,,,,,,1,,,",
  ];

  test("a headerless CSV has 8 or 20 fields; another width costs only its row", () => {
    const rows = rowsOfCsv(`${short}\n${long}\na,b,c\n`);
    expect(rows.map((row) => parseRecord(row, NOW_MS))).toEqual([
      parse(),
      parse({ isFatigueDriving: 1 }),
      { member: "record", detail: "3 fields where 8 or 20 were expected" },
    ]);
  });

  test("a header names the columns in any order", () => {
    const header = "Time,driverID,sequence,carPlateNumber,Latitude,Longitude,Speed";
    const [row] = rowsOfCsv(`${header}\r\n2017-01-01 08:00:05,d,7,p,1,2,3\r\n`);
    expect(parseRecord(row, NOW_MS)).toMatchObject({
      driverCode: "d",
      producerSeq: 7,
      longitude: 2,
      directionDeg: NaN,
    });
  });

  test("a broken line of NDJSON costs only itself", () => {
    const rows = rowsOfNdjson(`${JSON.stringify(PLAIN)}\n{"driverID":\n`);
    expect(rows.map((row) => parseRecord(row, NOW_MS))).toEqual([parse(), { member: "record", detail: "No JSON" }]);
  });
});
