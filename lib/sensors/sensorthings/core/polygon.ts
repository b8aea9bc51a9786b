import { refuse } from "./tokens.ts";

/** Outer ring of an area, longitude and latitude in degrees. */
export type Ring = readonly (readonly [lon: number, lat: number])[];

const POINTS_MAX = 2_000;

/** Reads `POLYGON((lon lat, …))`, as clients send the part of the map they show. Holes are not read. */
export function readPolygon(wkt: string, option: string): Ring {
  const inner = /^\s*POLYGON\s*\(\s*\(([^()]*)\)\s*\)\s*$/i.exec(wkt)?.[1];
  if (inner === undefined) throw refuse(option, `"${wkt.slice(0, 40)}" is not POLYGON((lon lat, …)) with one ring.`);
  const ring = inner.split(",").map((pair) => pair.trim().split(/\s+/).map(Number));
  const isRead = ring.every((point) => point.length >= 2 && point.every(Number.isFinite));
  if (!isRead || ring.length < 4 || ring.length > POINTS_MAX) {
    throw refuse(option, `a polygon needs 4 to ${POINTS_MAX} points of longitude and latitude.`);
  }
  return ring.map(([lon = 0, lat = 0]) => [lon, lat]);
}
