import { describe, expect, it } from "vitest";
import { applyConversion, convertValue, findConversion, findUnit } from "./convert.ts";
import { UNITS } from "./unit-catalogue.ts";

describe("convertValue", () => {
  // Worked by hand from the definitions of the units.
  it.each([
    [32, "°F", "Cel", 0],
    [212, "degF", "Cel", 100],
    [-40, "F", "°C", -40],
    [300, "K", "degC", 26.85],
    [0.35, "m3/m3", "%", 35],
    [0.5, "1", "%", 50],
    [1.25, "klx", "lux", 1250],
    [43.2, "mol/m2/d", "umol/m2/s", 500],
    [1.413, "mS/cm", "uS/cm", 1413],
    [2, "dS/m", "µS/cm", 2000],
    [0.1, "S/m", "uS/cm", 1000],
    [1013.25, "mbar", "hPa", 1013.25],
    [101_325, "Pa", "hPa", 1013.25],
    [101.325, "kPa", "hPa", 1013.25],
    [29.92, "inHg", "hPa", 1013.207888],
    [760, "mmHg", "hPa", 1013.25024],
    [0.5, "in", "mm", 12.7],
    [1.5, "cm", "mm", 15],
    [2, "ft", "m", 0.6096],
    [36, "km/h", "m/s", 10],
    [10, "mph", "m/s", 4.4704],
    [10, "kn", "m/s", 5.144444444],
    [0.025, "mg/m3", "ug/m3", 25],
    [8.5, "mg/L", "ug/L", 8500],
    [3700, "mV", "V", 3.7],
    [400, "ppb", "ppm", 0.4],
    [7.2, "pH", "[pH]", 7.2],
  ])("%f %s is as many %s as worked by hand", (value, from, to, expected) => {
    expect(convertValue(value, from, to)).toBeCloseTo(expected, 7);
  });

  it("has no answer between different quantities or for unknown units", () => {
    expect(convertValue(1, "hPa", "Cel")).toBeNaN();
    expect(convertValue(1, "furlong", "m")).toBeNaN();
  });

  it("leaves no binary dust on everyday values", () => {
    expect(convertValue(70, "°F", "Cel")).toBe(21.111111111);
    expect(convertValue(0.07, "m3/m3", "%")).toBe(7);
  });

  it("comes back to where it started, for every pair of units of a dimension", () => {
    for (const from of UNITS) {
      for (const to of UNITS.filter(({ dimension }) => dimension === from.dimension)) {
        const there = findConversion(from.code, to.code);
        const back = findConversion(to.code, from.code);
        if (there === null || back === null) throw new Error(`${from.code} and ${to.code} do not convert.`);
        expect(applyConversion(17.5 * there.scale + there.offset, back)).toBeCloseTo(17.5, 6);
      }
    }
  });
});

describe("findUnit", () => {
  it("reads common spellings", () => {
    const spellings = {
      "°C": "Cel",
      degC: "Cel",
      celsius: "Cel",
      "℃": "Cel",
      lux: "lx",
      "µS/cm": "uS/cm",
      "μg/m³": "ug/m3",
      "W m-2": "W/m2",
      kmh: "km/h",
      mb: "hPa",
      "% VWC": "%",
      "m s⁻¹": "m/s",
      Percent: "%",
    };
    for (const [text, code] of Object.entries(spellings)) expect(findUnit(text)?.code, text).toBe(code);
  });

  it("does not confuse units that differ by case or prefix", () => {
    expect(findUnit("mS/cm")?.code).toBe("mS/cm");
    expect(findUnit("mV")?.code).toBe("mV");
    expect(findUnit("Pa")?.code).toBe("Pa");
    expect(findUnit("")).toBeNull();
    expect(findUnit("banana")).toBeNull();
  });
});
