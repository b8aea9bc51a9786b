import { describe, expect, it } from "vitest";
import { distanceM } from "./distance.ts";
import { isValidPosition, wrapLongitude } from "./position.ts";

/** The other usual form of the haversine, with half-chords written as cosines and R = 6371 km. */
function publishedKm(a: { lat: number; lon: number }, b: { lat: number; lon: number }): number {
  const p = Math.PI / 180;
  const h =
    0.5 -
    Math.cos((b.lat - a.lat) * p) / 2 +
    (Math.cos(a.lat * p) * Math.cos(b.lat * p) * (1 - Math.cos((b.lon - a.lon) * p))) / 2;
  return 12742 * Math.asin(Math.sqrt(h));
}

describe("distanceM", () => {
  it("is a quarter of the circumference from the equator to the pole", () => {
    expect(distanceM({ lat: 0, lon: 20 }, { lat: 90, lon: -70 })).toBeCloseTo(10_007_557.2, 0);
  });

  it("agrees with the published formula to 0.001 %", () => {
    const pairs = [
      [48.0, 7.85, 47.99, 7.82],
      [37.1, -8.6, 58.6, 26.1],
      [-33.9, 151.2, 40.7, -74.0],
    ] as const;
    for (const [latA, lonA, latB, lonB] of pairs) {
      const a = { lat: latA, lon: lonA };
      const b = { lat: latB, lon: lonB };
      expect(Math.abs(distanceM(a, b) / 1000 / publishedKm(a, b) - 1)).toBeLessThan(1e-5);
    }
  });

  it("is exact for a metre, across the antimeridian and for antipodes", () => {
    expect(distanceM({ lat: 50, lon: 8 }, { lat: 50.000009, lon: 8 })).toBeCloseTo(1.0007, 3);
    expect(distanceM({ lat: 10, lon: 179.9 }, { lat: 10, lon: -179.9 })).toBeCloseTo(21_901, -1);
    expect(distanceM({ lat: 0, lon: 0 }, { lat: 0, lon: 180 })).toBeCloseTo(20_015_114.4, 0);
  });

  it("does not invent a distance for a missing coordinate", () => {
    expect(distanceM({ lat: Number.NaN, lon: 0 }, { lat: 1, lon: 1 })).toBeNaN();
  });
});

describe("isValidPosition", () => {
  it("accepts the edges of the world and refuses 0,0, missing and out-of-range values", () => {
    expect(isValidPosition({ lat: -90, lon: 180 })).toBe(true);
    expect(isValidPosition({ lat: 0, lon: 9.7 })).toBe(true);
    for (const [lat, lon] of [
      [0, 0],
      [-0, 0],
      [90.1, 0],
      [4, 180.5],
      [Number.NaN, 4],
      [4, Infinity],
    ] as const) {
      expect(isValidPosition({ lat, lon })).toBe(false);
    }
  });
});

describe("wrapLongitude", () => {
  it("brings every turn back into one world", () => {
    expect([190, -190, 540, -180, 180, 0].map(wrapLongitude)).toEqual([-170, 170, -180, -180, -180, 0]);
  });
});
