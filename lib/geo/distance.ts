import type { Position } from "./position.ts";

/** Mean Earth radius R1 of the IUGG; 0.0001 % longer than the often used 6,371,000 m. */
export const EARTH_RADIUS_M = 6_371_008.8;

const RADIANS = Math.PI / 180;

/**
 * Great-circle distance in metres by the haversine formula, which stays exact for short and for antipodal distances.
 * The Earth is taken as a sphere: up to 0.5 % from the ellipsoid. Any non-finite coordinate gives NaN.
 */
export function distanceM(a: Position, b: Position): number {
  const latA = a.lat * RADIANS;
  const latB = b.lat * RADIANS;
  const sinLat = Math.sin((latB - latA) / 2);
  const sinLon = Math.sin(((b.lon - a.lon) * RADIANS) / 2);
  const haversine = sinLat * sinLat + Math.cos(latA) * Math.cos(latB) * sinLon * sinLon;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(haversine)));
}
