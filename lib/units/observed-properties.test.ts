import { describe, expect, it } from "vitest";
import { findUnit } from "./convert.ts";
import { readHeader } from "./header-unit.ts";
import { nameKey, OBSERVED_PROPERTIES, propertyOfName } from "./observed-properties.ts";

describe("OBSERVED_PROPERTIES", () => {
  it("has a known canonical unit, ordered ranges and no alias twice", () => {
    const aliases = new Set<string>();
    for (const { id, canonicalUnit, plausible, physical, aliases: own } of OBSERVED_PROPERTIES) {
      expect(findUnit(canonicalUnit)?.code, id).toBe(canonicalUnit);
      expect(physical[0], id).toBeLessThanOrEqual(plausible[0]);
      expect(plausible[0], id).toBeLessThan(plausible[1]);
      expect(physical[1], id).toBeGreaterThanOrEqual(plausible[1]);
      for (const alias of own) {
        expect(nameKey(alias), id).toBe(alias);
        expect(aliases.has(alias), alias).toBe(false);
        aliases.add(alias);
      }
    }
  });
});

describe("readHeader", () => {
  it.each([
    ["temp_c", "air_temperature", "c"],
    ["Temp (°C)", "air_temperature", "°C"],
    ["Temp, °C (LGR S/N: 1, SEN S/N: 2)", "air_temperature", "°C"],
    ["DryBulbTemperature_Celsius", "air_temperature", "Celsius"],
    ["RainfallAmount_Millimetre", "rainfall", "Millimetre"],
    ["PM2.5_ATM_ug/m3", "pm2_5", "ug/m3"],
    ["current_temp_f", "air_temperature", "f"],
    ["wind_speed_kmh", "wind_speed", "kmh"],
    ["soil_moisture_percent", "soil_moisture", "percent"],
    ["water_temp_raw", "water_temperature", null],
    ["t_air", "air_temperature", null],
    ["lux", "illuminance", null],
    ["field1", null, null],
    ["label_temp", null, null],
    ["height_above_ground_m", null, null],
  ])("reads %s", (header, property, unit) => {
    const reading = readHeader(header);
    expect([reading.property?.id ?? null, reading.unit]).toEqual([property, unit]);
  });

  it("compares names without case, accents and camel humps", () => {
    expect(nameKey("ReportEndDateTime")).toBe("report_end_date_time");
    expect(nameKey("Höhe über NN")).toBe("hohe_uber_nn");
    expect(propertyOfName("SOIL_MOISTURE")?.id).toBe("soil_moisture");
  });
});
