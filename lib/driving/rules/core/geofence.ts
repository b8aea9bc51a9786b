import { distanceM, EARTH_RADIUS_M } from "#lib/geo/distance";
import { wrapLongitude } from "#lib/geo/position";

/** Longitude and latitude in degrees, in this order, as GeoJSON has them. */
export type Vertex = readonly [lon: number, lat: number];

/** An area on the map. A polygon's first ring is its border, further ones are holes; the first vertex is not repeated. */
export type GeofenceShape =
  { kind: "circle"; lat: number; lon: number; radiusM: number } | { kind: "polygon"; rings: readonly Vertex[][] };

/** A shape prepared for many questions. */
export interface CompiledFence {
  contains: (lat: number, lon: number) => boolean;
}

/**
 * Prepares a shape: its box is asked first, so that what is far away costs four comparisons. Edges of a polygon are
 * straight in longitude and latitude, as in GeoJSON; of two neighbours that share an edge only one holds a point on it.
 * A circle is measured along the great circle, its rim included.
 */
export function compileFence(shape: GeofenceShape): CompiledFence {
  return shape.kind === "circle" ? compileCircle(shape) : compilePolygon(shape.rings);
}

function compileCircle({ lat, lon, radiusM }: Extract<GeofenceShape, { kind: "circle" }>): CompiledFence {
  const reachDeg = (radiusM / EARTH_RADIUS_M) * (180 / Math.PI) * 1.000001;
  const cosine = Math.cos((Math.min(89.999, Math.abs(lat) + reachDeg) * Math.PI) / 180);
  const reachLonDeg = Math.min(180, reachDeg / cosine);
  const centre = { lat, lon };
  return {
    contains: (pointLat, pointLon) =>
      Math.abs(pointLat - lat) <= reachDeg &&
      Math.abs(wrapLongitude(pointLon - lon)) <= reachLonDeg &&
      distanceM(centre, { lat: pointLat, lon: pointLon }) <= radiusM,
  };
}

function compilePolygon(rings: readonly (readonly Vertex[])[]): CompiledFence {
  const border = rings[0] ?? [];
  const west = Math.min(...border.map(([lon]) => lon));
  const east = Math.max(...border.map(([lon]) => lon));
  const south = Math.min(...border.map(([, lat]) => lat));
  const north = Math.max(...border.map(([, lat]) => lat));
  const edges = Float64Array.from(
    rings.flatMap((ring) => ring.flatMap(([lon, lat], index) => [lon, lat, ...ring[(index + 1) % ring.length]!])),
  );
  return {
    contains: (lat, lon) => lat >= south && lat <= north && lon >= west && lon <= east && isInside(edges, lat, lon),
  };
}

/** Counts the edges east of the point: odd is inside. Holes need no case of their own. */
function isInside(edges: Float64Array, lat: number, lon: number): boolean {
  let inside = false;
  for (let i = 0; i < edges.length; i += 4) {
    const fromLat = edges[i + 1]!;
    const toLat = edges[i + 3]!;
    if (fromLat > lat === toLat > lat) continue;
    const crossingLon = edges[i]! + ((lat - fromLat) / (toLat - fromLat)) * (edges[i + 2]! - edges[i]!);
    if (lon < crossingLon) inside = !inside;
  }
  return inside;
}
