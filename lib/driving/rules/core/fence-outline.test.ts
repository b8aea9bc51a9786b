import { expect, test } from "vitest";
import { extentOf, outlineOf, shapeWords } from "./fence-outline.ts";
import { compileFence, type GeofenceShape, type Vertex } from "./geofence.ts";

const square = (west: number, south: number, side: number): Vertex[] => [
  [west, south],
  [west + side, south],
  [west + side, south + side],
  [west, south + side],
];
const circle: GeofenceShape = { kind: "circle", lat: 50, lon: 10, radiusM: 500 };

test("a circle is drawn where it judges", () => {
  const fence = compileFence({ ...circle, radiusM: 500.5 });
  const narrow = compileFence({ ...circle, radiusM: 499.5 });
  for (const { lat, lon } of outlineOf(circle)[0] ?? []) {
    expect([fence.contains(lat, lon), narrow.contains(lat, lon)]).toEqual([true, false]);
  }
});

test.each<[GeofenceShape, string]>([
  [circle, "circle, 500 m radius"],
  [{ ...circle, radiusM: 12_500 }, "circle, 12.5 km radius"],
  [{ kind: "polygon", rings: [square(10, 0, 0.001)] }, "polygon, 4 corners, 12,364 m²"],
  [{ kind: "polygon", rings: [square(10, 0, 1), square(10.2, 0.2, 0.5)] }, "polygon with 1 hole, 8 corners, 9,273 km²"],
])("kind and size are said in words (%#)", (shape, words) => {
  expect(shapeWords(shape)).toBe(words);
});

test("the extent of several is around all of them, also across the date line", () => {
  const east: GeofenceShape = { kind: "polygon", rings: [square(178, -18, 1)] };
  const west: GeofenceShape = { kind: "polygon", rings: [square(-179, -18, 1)] };
  expect(extentOf([east, west])).toEqual({ west: 178, east: -178, south: -18, north: -17 });
  expect(extentOf([])).toBeNull();
});
