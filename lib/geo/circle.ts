import { EARTH_RADIUS_M } from "./distance.ts";
import type { Position } from "./position.ts";

const RADIANS = Math.PI / 180;

/**
 * Points of a circle on the sphere, clockwise from north. Longitudes go on past ±180° where the circle crosses the
 * antimeridian, so that neighbours stay neighbours.
 */
export function circleAround({ lat, lon }: Position, radiusM: number, count: number): Position[] {
  return Array.from({ length: count }, (_, i) => pointTowards({ lat, lon }, radiusM, (360 * i) / count));
}

/** The point at a distance in metres and a bearing in degrees clockwise from north. */
export function pointTowards({ lat, lon }: Position, distanceM: number, bearingDeg: number): Position {
  const angle = distanceM / EARTH_RADIUS_M;
  const bearing = bearingDeg * RADIANS;
  const [sinLat, cosLat] = [Math.sin(lat * RADIANS), Math.cos(lat * RADIANS)];
  const sinTarget = sinLat * Math.cos(angle) + cosLat * Math.sin(angle) * Math.cos(bearing);
  const east = Math.atan2(Math.sin(bearing) * Math.sin(angle) * cosLat, Math.cos(angle) - sinLat * sinTarget);
  return { lat: Math.asin(Math.max(-1, Math.min(1, sinTarget))) / RADIANS, lon: lon + east / RADIANS };
}
