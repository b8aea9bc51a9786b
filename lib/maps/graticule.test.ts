import { describe, expect, it } from "vitest";
import { formatLatitude, formatLongitude, graticuleStepDeg, graticuleTicks, scaleBar } from "./graticule.ts";
import { valueClass, classLimits } from "./value-classes.ts";

describe("graticule", () => {
  it("keeps lines at least 120 px apart at every zoom", () => {
    for (let zoom = 1; zoom <= 18; zoom += 0.5) {
      const spacingPx = (graticuleStepDeg(zoom) * 256 * 2 ** zoom) / 360;
      if (zoom >= 2.5) expect(spacingPx).toBeGreaterThanOrEqual(120);
      expect(spacingPx).toBeLessThan(420);
    }
  });

  it("ticks at exact multiples, ends included", () => {
    expect(graticuleTicks(-0.3, 0.3, 0.1)).toEqual([-0.3, -0.2, -0.1, -0, 0.1, 0.2, 0.3].map((t) => t + 0));
    expect(graticuleTicks(171, 189, 10)).toEqual([180]);
    expect(graticuleTicks(5, 4, 1)).toEqual([]);
  });

  it("names the hemisphere and wraps copies of the world", () => {
    expect(formatLongitude(-122.5, 0.5)).toBe("122.5° W");
    expect(formatLongitude(190, 10)).toBe("170° W");
    expect(formatLongitude(180, 10)).toBe("180°");
    expect(formatLatitude(-33.75, 0.05)).toBe("33.75° S");
    expect(formatLatitude(0, 30)).toBe("0°");
  });
});

describe("scaleBar", () => {
  it("is the longest round distance that fits", () => {
    expect(scaleBar({ lat: 0, zoom: 9, maxPx: 120 })).toMatchObject({ label: "20 km" });
    expect(scaleBar({ lat: 60, zoom: 16, maxPx: 120 }).label).toBe("100 m");
    for (let zoom = 1; zoom <= 18; zoom += 1) {
      const { lengthPx } = scaleBar({ lat: 47, zoom, maxPx: 120 });
      expect(lengthPx).toBeLessThanOrEqual(120);
      expect(lengthPx).toBeGreaterThan(40);
    }
  });
});

describe("valueClass", () => {
  const domain = { min: 0, max: 35, unit: "µg/m³", label: "PM2.5" };

  it("has seven equal classes with open ends, and none for a missing value", () => {
    expect([-5, 0, 4.9, 5, 34.9, 35, 900].map((value) => valueClass(value, domain))).toEqual([1, 1, 1, 2, 7, 7, 7]);
    expect([null, undefined, Number.NaN].map((value) => valueClass(value, domain))).toEqual([0, 0, 0]);
    expect(classLimits(domain)).toEqual([0, 5, 10, 15, 20, 25, 30, 35]);
  });
});
