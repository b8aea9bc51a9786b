import { describe, expect, test } from "vitest";
import { findShapeFault, VERTICES_MAX } from "./check-shape.ts";
import type { GeofenceShape, Vertex } from "./geofence.ts";
import { readGeoJson, writeGeoJson } from "./read-geojson.ts";

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

test("a border with as many corners as may be is checked in a moment, and one crossing in it is found", () => {
  const ring = Array.from({ length: VERTICES_MAX }, (_, i): Vertex => {
    const angle = (2 * Math.PI * i) / VERTICES_MAX;
    return [10 + Math.cos(angle), 50 + Math.sin(angle)];
  });
  expect(findShapeFault(polygon(...ring))).toBeNull();
  const swapped = [...ring.slice(0, 200), ring[201]!, ring[200]!, ...ring.slice(202)];
  expect(findShapeFault(polygon(...swapped))).toContain("the edges after corners 200 and 202.");
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
    expect(readGeoJson(writeGeoJson(read), "Areas")).toEqual(read);
  });

  test.each([
    ["{", "This is not JSON"],
    [JSON.stringify({ type: "LineString", coordinates: ring }), "Areas: It is no Polygon"],
    [JSON.stringify({ type: "Point", coordinates: [10, 50] }), "radiusM says how far"],
    [JSON.stringify({ type: "Polygon", coordinates: [ring.slice(0, 2)] }), "Areas: A border needs"],
  ])("that cannot be used is refused (%#)", (text, words) => {
    expect(() => readGeoJson(text, "Areas")).toThrow(words);
  });

  test("with several faults names every area that is wrong", () => {
    const features = [ring.slice(0, 2), ring, [ring[0]]].map((border, i) => {
      return { type: "Feature", properties: { name: `A${i}` }, geometry: { type: "Polygon", coordinates: [border] } };
    });
    const refused = (() => {
      try {
        return readGeoJson(JSON.stringify({ type: "FeatureCollection", features }), "Areas");
      } catch (error) {
        return error;
      }
    })();
    expect(refused).toMatchObject({
      message: "2 of 3 areas cannot be used, so none was added.",
      fields: [
        { pointer: "/features/0", detail: "A0: A border needs at least three corners." },
        { pointer: "/features/2", detail: "A2: A border needs at least three corners." },
      ],
    });
  });
});
