import { createRequire } from "node:module";
import type { Feature, MultiPolygon, Polygon, Position } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { describe, expect, it } from "vitest";
import { demoRegistryCsv } from "./csv.ts";
import { demoRegistry } from "./network.ts";

const readJson = createRequire(import.meta.url);

/** Even-odd rule over all rings of a polygon. */
function isInRings(rings: Position[][], longitude: number, latitude: number): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi = 0, yi = 0] = ring[i] ?? [];
      const [xj = 0, yj = 0] = ring[j] ?? [];
      const crosses = yi > latitude !== yj > latitude && longitude < ((xj - xi) * (latitude - yi)) / (yj - yi) + xi;
      if (crosses) inside = !inside;
    }
  }
  return inside;
}

function isInside(land: Feature<Polygon | MultiPolygon>, longitude: number, latitude: number): boolean {
  const { geometry } = land;
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return polygons.some((rings) => isInRings(rings, longitude, latitude));
}

describe("demo registry", () => {
  const rows = demoRegistry("demo");

  it("gives the same rows for the same seed and others for another", () => {
    expect(demoRegistry("demo")).toEqual(rows);
    expect(demoRegistry("other")).not.toEqual(rows);
  });

  it("has 400 sensors and 9 reference stations with unique codes, of about 30 owners", () => {
    expect(rows.filter((row) => row.isReference)).toHaveLength(9);
    expect(rows).toHaveLength(409);
    expect(new Set(rows.map((row) => row.sensorCode)).size).toBe(409);
    expect(new Set(rows.map((row) => row.owner)).size).toBe(31);
    expect(rows.find((row) => row.sensorCode === "SEA-0217")).toMatchObject({ owner: "Ana Ruiz" });
    expect(rows.find((row) => row.sensorCode === "SEA-0217")?.name).toMatch(/^Rainier Valley /);
  });

  it("stands on land with the offline basemap, in valid and distinct places", () => {
    const atlas = readJson("us-atlas/states-10m.json") as Topology<{ states: GeometryCollection }>;
    const states = feature(atlas, atlas.objects.states).features;
    const washington = states.find((state) => state.id === "53") as Feature<Polygon | MultiPolygon>;
    const everywhere = [...rows, ...demoRegistry("second"), ...demoRegistry("third")];
    const wet = everywhere.filter((row) => !isInside(washington, row.longitude, row.latitude));
    expect(wet.map((row) => `${row.sensorCode} ${row.name}`)).toEqual([]);
    expect(new Set(rows.map((row) => `${row.latitude},${row.longitude}`)).size).toBe(409);
    expect(rows.every((row) => row.elevationM > 0 && row.elevationM < 400)).toBe(true);
  });

  it("calls invented reference stations synthetic", () => {
    const references = rows.filter((row) => row.isReference);
    expect(references.every((row) => row.name.includes("synthetic") && row.owner.includes("fictional"))).toBe(true);
  });

  it("writes one CSV line per row under a header", () => {
    const lines = demoRegistryCsv("demo").trimEnd().split("\n");
    expect(lines[0]).toBe("sensor_id,name,latitude,longitude,elevation_m,owner,exposure,reference");
    expect(lines).toHaveLength(410);
    expect(lines.every((line) => line.split(",").length === 8)).toBe(true);
  });
});
