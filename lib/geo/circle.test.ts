import { expect, test } from "vitest";
import { ringAreaM2 } from "./area.ts";
import { circleAround, pointTowards } from "./circle.ts";
import { distanceM } from "./distance.ts";

test.each([
  [{ lat: 38.7, lon: -9.1 }, 500],
  [{ lat: -17, lon: 179.99 }, 20_000],
  [{ lat: 89.9, lon: 40 }, 50_000],
])("every point of a circle is as far from its centre as its radius (%#)", (centre, radiusM) => {
  for (const point of circleAround(centre, radiusM, 48)) {
    expect(distanceM(centre, point) / radiusM).toBeCloseTo(1, 6);
  }
});

test("a circle across the antimeridian does not jump around the world", () => {
  const longitudes = circleAround({ lat: -17, lon: 179.99 }, 20_000, 48).map(({ lon }) => lon);
  expect(Math.max(...longitudes) - Math.min(...longitudes)).toBeLessThan(1);
  expect(Math.max(...longitudes)).toBeGreaterThan(180);
});

test("bearings count clockwise from north", () => {
  expect(pointTowards({ lat: 10, lon: 20 }, 1000, 90).lon).toBeGreaterThan(20);
  expect(pointTowards({ lat: 10, lon: 20 }, 1000, 180).lat).toBeLessThan(10);
});

test("an area is that of the circle or the cell of the graticule it outlines", () => {
  const disc = circleAround({ lat: 50, lon: 10 }, 1000, 720);
  expect(ringAreaM2(disc) / (Math.PI * 1000 ** 2)).toBeCloseTo(1, 3);
  expect(ringAreaM2(disc.toReversed())).toBeCloseTo(ringAreaM2(disc), 0);
  const octant = [
    { lat: 0, lon: 0 },
    { lat: 0, lon: 90 },
    { lat: 90, lon: 90 },
    { lat: 90, lon: 0 },
  ];
  expect(ringAreaM2(octant) / ((4 * Math.PI * 6_371_008.8 ** 2) / 8)).toBeCloseTo(1, 9);
});
