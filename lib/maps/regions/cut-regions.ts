import { feature } from "topojson-client";
import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from "geojson";
import type { UsAtlas } from "../basemap/generalise.ts";

/** Areas with a code and a name: the counties of one state, with FIPS codes of five digits. */
export type RegionCollection = FeatureCollection<Polygon | MultiPolygon, { name: string }>;

/** Four decimals are eleven metres, finer than the atlas. */
const DECIMALS = 10_000;

/** The counties of every state: its FIPS code of two digits → its counties, longitude and latitude in degrees. */
export function cutCounties(us: UsAtlas): Map<string, RegionCollection> {
  const byState = new Map<string, RegionCollection>();
  for (const { id, properties, geometry } of feature(us, us.objects.counties).features) {
    if (geometry.type !== "Polygon" && geometry.type !== "MultiPolygon") continue;
    const code = String(id).padStart(5, "0");
    const region: Feature<Polygon | MultiPolygon, { name: string }> = {
      type: "Feature",
      id: code,
      properties: { name: properties.name ?? code },
      geometry: rounded(geometry),
    };
    const state = byState.get(code.slice(0, 2)) ?? { type: "FeatureCollection", features: [] };
    state.features.push(region);
    byState.set(code.slice(0, 2), state);
  }
  return byState;
}

function rounded(geometry: Polygon | MultiPolygon): Polygon | MultiPolygon {
  const ring = (points: Position[]) =>
    points.map((point) => point.map((degrees) => Math.round(degrees * DECIMALS) / DECIMALS));
  return geometry.type === "Polygon"
    ? { type: "Polygon", coordinates: geometry.coordinates.map(ring) }
    : { type: "MultiPolygon", coordinates: geometry.coordinates.map((polygon) => polygon.map(ring)) };
}
