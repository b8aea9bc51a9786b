import { describe, expect, test } from "vitest";
import { findShapeFault } from "./check-shape.ts";
import type { GeofenceShape, Vertex } from "./geofence.ts";
import { readGeoJson, toGeoJson } from "./read-geojson.ts";

const polygon = (...ring: Vertex[]): GeofenceShape => ({ kind: "polygon", rings: [ring] });
const circle = (radiusM: number, lat = 50): GeofenceShape => ({ kind: "circle", lat, lon: 10, radiusM });

test.each([
  [polygon([0, 1], [1, 1], [1, 2]), null],
  [circle(500), null],
  [polygon([0, 1], [1, 1]), "A border needs at least three corners."],
  [polygon([0, 1], [1, 95], [1, 2]), "Corner 2 is not a place on the map: longitude comes first, then latitude."],
  [polygon([0, 0], [2, 2], [2, 0], [0, 2]), "Its border crosses itself: the edges after corners 1 and 3."],
  [polygon([0, 1], [1, 2], [2, 3]), "It encloses nothing."],
  [polygon([0, 1], [1, 1], [1, 2], [0, 1]), "Corner 1 occurs twice."],
  [polygon([-179, 1], [179, 1], [179, 2]), "It crosses the date line."],
  [circle(5), "The radius is 10 m to 500 km."],
  [circle(500, 95), "The centre is not a place on the map."],
  [polygon(...Array.from({ length: 501 }, (_, i): Vertex => [i / 10, i % 2])), "It has 501 corners"],
])("a faulty shape is refused with a sentence (%#)", (shape, fault) => {
  const found = findShapeFault(shape);
  if (fault === null) expect(found).toBeNull();
  else expect(found ?? "no fault").toContain(fault.slice(0, 20));
});

describe("GeoJSON", () => {
  const ring = [
    [10, 50],
    [11, 50],
    [11, 51],
    [10, 50],
  ];

  test("is read with names, parts and circles, and written so that it reads back the same", () => {
    const features = [
      { type: "Feature", properties: { name: "Depot" }, geometry: { type: "Polygon", coordinates: [ring] } },
      { type: "Feature", properties: null, geometry: { type: "MultiPolygon", coordinates: [[ring], [ring]] } },
      { type: "Feature", properties: { radiusM: 300 }, geometry: { type: "Point", coordinates: [10, 50, 7] } },
    ];
    const read = readGeoJson(JSON.stringify({ type: "FeatureCollection", features }), "Areas");
    expect(read.map(({ name }) => name)).toEqual(["Depot", "Areas 2 1", "Areas 2 2", "Areas 3"]);
    expect(read[0]?.shape).toEqual({ kind: "polygon", rings: [ring.slice(0, 3)] });
    expect(read[3]?.shape).toEqual({ kind: "circle", lat: 50, lon: 10, radiusM: 300 });
    const written = { type: "FeatureCollection", features: read.map(toGeoJson) };
    expect(readGeoJson(JSON.stringify(written), "Areas")).toEqual(read);
  });

  test.each([
    ["{", "This is not JSON"],
    [JSON.stringify({ type: "LineString", coordinates: ring }), "is no Polygon"],
    [JSON.stringify({ type: "Point", coordinates: [10, 50] }), "radiusM says how far"],
    [JSON.stringify({ type: "Polygon", coordinates: [ring.slice(0, 2)] }), "Areas: A border needs"],
  ])("that cannot be used is refused (%#)", (text, words) => {
    expect(() => readGeoJson(text, "Areas")).toThrow(words);
  });
});
