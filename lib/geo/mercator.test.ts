import { describe, expect, it } from "vitest";
import { fromMercator, MERCATOR_LAT_MAX, metresPerPixel, toMercator, worldSizePx } from "./mercator.ts";

describe("web Mercator", () => {
  it("puts the world on the unit square", () => {
    expect(toMercator({ lat: 0, lon: 0 })).toEqual({ x: 0.5, y: 0.5 });
    expect(toMercator({ lat: MERCATOR_LAT_MAX, lon: -180 }).y).toBeCloseTo(0, 12);
    expect(toMercator({ lat: -90, lon: 180 }).y).toBeCloseTo(1, 12);
  });

  it("comes back to the same place", () => {
    for (const position of [
      { lat: 47.6, lon: -122.3 },
      { lat: -33.9, lon: 151.2 },
      { lat: 84.9, lon: -179.9 },
    ]) {
      const back = fromMercator(toMercator(position));
      expect(back.lat).toBeCloseTo(position.lat, 10);
      expect(back.lon).toBeCloseTo(position.lon, 10);
    }
  });

  it("measures pixels on the ground", () => {
    expect(worldSizePx(3)).toBe(2048);
    expect(metresPerPixel(0, 0)).toBeCloseTo(156_367.9, 0);
    expect(metresPerPixel(60, 10)).toBeCloseTo(metresPerPixel(0, 11), 6);
  });
});
