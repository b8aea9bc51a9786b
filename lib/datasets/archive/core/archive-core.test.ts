import { expect, test } from "vitest";
import { entryKindOf, imageTypeOf } from "./entry-kind.ts";
import { readGeoJsonMap } from "./geojson-map.ts";

test("names say how a file is shown; scripts and pages are text, what is unknown is only downloaded", () => {
  expect(["a/b.CSV", "m.geojson", "p.jpeg", "x.html", "x.svg", "model.pkl", "noname"].map(entryKindOf)).toEqual([
    ...["table", "map", "image", "text", "text", "none", "none"],
  ]);
});

test("only bytes make a picture: a page named like one is none", () => {
  expect(imageTypeOf(Buffer.from("89504e470d0a1a0a00", "hex"))).toBe("image/png");
  expect(imageTypeOf(Buffer.from("ffd8ffe0", "hex"))).toBe("image/jpeg");
  expect(imageTypeOf(Buffer.from("<html>"))).toBeNull();
  expect(imageTypeOf(Buffer.from("GIF89a"))).toBeNull();
  expect(imageTypeOf(Buffer.alloc(0))).toBeNull();
});

const point = (lon: number, lat: number, properties: object | null = null) => ({
  type: "Feature",
  geometry: { type: "Point", coordinates: [lon, lat] },
  properties,
});

test("points with their names, lines and the edges of areas are found, and the box around them", () => {
  const area = {
    type: "Polygon",
    coordinates: [
      [
        [-122, 47],
        [-121, 47],
        [-121, 48],
        [-122, 47],
      ],
    ],
  };
  const features = [
    point(-122.5, 47.5, { name: "Garden" }),
    { type: "Feature", geometry: area, properties: {} },
    { type: "Feature", geometry: null, properties: {} },
  ];
  const map = readGeoJsonMap(JSON.stringify({ type: "FeatureCollection", features }));
  expect(map).toMatchObject({
    points: [{ lat: 47.5, lon: -122.5, label: "Garden" }],
    bbox: { west: -122.5, east: -121, south: 47, north: 48 },
    featureCount: 3,
    isCut: false,
  });
  expect(map.lines.map((line) => line.length)).toEqual([4]);
});

test("metres are no degrees, and more features than a map bears are told of", () => {
  const metres = readGeoJsonMap(JSON.stringify(point(550_000, 5_270_000)));
  expect(metres).toMatchObject({ points: [], bbox: null, featureCount: 1 });
  const many = Array.from({ length: 5_001 }, (_, index) => point(-122, 40 + index / 1_000));
  const cut = readGeoJsonMap(JSON.stringify({ type: "FeatureCollection", features: many }));
  expect([cut.points.length, cut.featureCount, cut.isCut]).toEqual([5_000, 5_001, true]);
});

test("what is no GeoJSON is refused with what it is instead", () => {
  expect(() => readGeoJsonMap("{")).toThrow("no valid JSON");
  expect(() => readGeoJsonMap('{"a": 1}')).toThrow("no GeoJSON");
});
