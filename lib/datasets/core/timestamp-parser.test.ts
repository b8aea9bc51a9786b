import { describe, expect, it } from "vitest";
import { proposeTimestamp } from "./propose-timestamp.ts";
import { createTimestampParser } from "./timestamp-parser.ts";

function iso(format: string, timeZone: string, text: string): string | null {
  const ms = createTimestampParser({ format, timeZone }).parse(text);
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}

describe("createTimestampParser", () => {
  it.each([
    ["iso", "2022-07-01T12:00", "2022-07-01T10:00:00.000Z"],
    ["iso", "2022-01-01 12:00:05.25", "2022-01-01T11:00:05.250Z"],
    ["iso", "2022-01-01", "2021-12-31T23:00:00.000Z"],
    ["iso", "2022-01-01T24:00", "2022-01-01T23:00:00.000Z"],
    ["iso", "2022-07-01T12:00:00Z", "2022-07-01T12:00:00.000Z"],
    ["iso", "2022-07-01 12:00:00 UTC", "2022-07-01T12:00:00.000Z"],
    ["iso", "2022-07-01T12:00:00-05:30", "2022-07-01T17:30:00.000Z"],
    ["iso", "2022-07-01T12:00:00+0200", "2022-07-01T10:00:00.000Z"],
    ["iso", " 2022/07/01 12:00 ", "2022-07-01T10:00:00.000Z"],
    ["dd.MM.yyyy HH:mm", "1.2.2022 9:05", "2022-02-01T08:05:00.000Z"],
    ["dd.MM.yyyy HH:mm[:ss]", "01.02.2022 09:05:07", "2022-02-01T08:05:07.000Z"],
    ["MM/dd/yyyy hh:mm a", "02/01/2022 12:05 AM", "2022-01-31T23:05:00.000Z"],
    ["MM/dd/yy hh:mm:ss a", "02/01/22 12:05:00 pm", "2022-02-01T11:05:00.000Z"],
    ["dd-MMM-yyyy HH:mm", "01-Feb-2022 09:05", "2022-02-01T08:05:00.000Z"],
    ["yyyyMMddHHmmss", "20190815101500", "2019-08-15T08:15:00.000Z"],
    ["yyyyMMddTHHmmssXXX", "20190815T101500Z", "2019-08-15T10:15:00.000Z"],
    ["epoch_s", "1565864100", "2019-08-15T10:15:00.000Z"],
    ["epoch_ms", "1565864100123", "2019-08-15T10:15:00.123Z"],
    ["iso", "2024-02-29", "2024-02-28T23:00:00.000Z"],
  ])("reads %s %s", (format, text, expected) => {
    expect(iso(format, "Europe/Berlin", text)).toBe(expected);
  });

  it.each([
    ["iso", "2023-02-29"],
    ["iso", "2022-13-01T00:00"],
    ["iso", "2022-01-01T25:00"],
    ["iso", "2022-01-01T12:60"],
    ["iso", "2022-01-01T12"],
    ["iso", "2022-01-01T12:00 CET"],
    ["iso", "01.02.2022"],
    ["iso", "2022.01-02"],
    ["iso", ""],
    ["MM/dd/yyyy HH:mm", "13/01/2022 00:00"],
    ["MM/dd/yyyy hh:mm a", "01/01/2022 13:00 PM"],
    ["epoch_s", "12:00"],
  ])("does not guess at %s %s", (format, text) => {
    expect(iso(format, "UTC", text)).toBeNull();
  });

  it("gives both instants of a time that exists twice, and moves one that does not exist forward", () => {
    const parser = createTimestampParser({ format: "iso", timeZone: "Europe/Berlin" });
    expect(new Date(parser.parse("2022-10-30T02:30")).toISOString()).toBe("2022-10-30T00:30:00.000Z");
    expect([parser.kind, new Date(parser.laterUtcMs).toISOString()]).toEqual(["ambiguous", "2022-10-30T01:30:00.000Z"]);
    expect(new Date(parser.parse("2022-03-27T02:30")).toISOString()).toBe("2022-03-27T01:30:00.000Z");
    expect(parser.kind).toBe("nonexistent");
    parser.parse("2022-03-27T03:00");
    expect(parser.kind).toBe("unique");
  });

  it("agrees with Intl at every hour of years with clock changes, in odd zones too", () => {
    for (const timeZone of [
      "Europe/Berlin",
      "America/New_York",
      "Australia/Lord_Howe",
      "Africa/Casablanca",
      "Asia/Kolkata",
      "UTC",
    ]) {
      const parser = createTimestampParser({ format: "iso", timeZone });
      const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
      for (let ms = Date.UTC(2022, 0, 1); ms < Date.UTC(2023, 0, 1); ms += 11 * 1_800_000) {
        const found = parser.parse(format.format(ms));
        if (found !== ms && parser.laterUtcMs !== ms) throw new Error(`${timeZone} ${new Date(ms).toISOString()}`);
      }
    }
  });

  it("refuses unknown zones and patterns when it is made, not at the first row", () => {
    expect(() => createTimestampParser({ format: "iso", timeZone: "Mars/Olympus" })).toThrow("not a known time zone");
    expect(() => createTimestampParser({ format: "dd.QQ.yyyy", timeZone: "UTC" })).toThrow("not understood");
    expect(() => createTimestampParser({ format: "HH:mm", timeZone: "UTC" })).toThrow("needs a year");
  });
});

describe("proposeTimestamp", () => {
  it.each([
    [["2022-12-01T00:00", ""], "iso", false],
    [["2022-12-01T00:00Z"], "iso", true],
    [["2022.12.01 00:00:00", "2022-12-01 00:00"], "iso", false],
    [["31.12.2022 00:00"], "dd.MM.yyyy HH:mm[:ss]", false],
    [["12/31/2022 11:00 PM"], "MM/dd/yyyy hh:mm a", false],
    [["31/12/2022 23:00"], "dd/MM/yyyy HH:mm[:ss]", false],
    [["1565864100"], "epoch_s", true],
    [["20190815101500"], "yyyyMMddHHmmss", false],
  ])("reads %s", (cells, format, hasOffset) => {
    expect(proposeTimestamp(cells)).toMatchObject({ format, hasOffset, otherFormats: [] });
  });

  it("says when day and month could be exchanged", () => {
    expect(proposeTimestamp(["01/02/2022 10:00", "01/03/2022 10:00"])?.otherFormats).toEqual(["dd/MM/yyyy HH:mm[:ss]"]);
    expect(proposeTimestamp(["22.12.01 00:00:00"])).toMatchObject({
      format: "dd.MM.yy HH:mm[:ss]",
      otherFormats: ["yy.MM.dd HH:mm[:ss]"],
    });
  });

  it("finds no time in numbers and words", () => {
    expect(proposeTimestamp(["12.5", "13"])).toBeNull();
    expect(proposeTimestamp(["N", "NE"])).toBeNull();
    expect(proposeTimestamp([])).toBeNull();
  });
});
