import { EARTH_RADIUS_M } from "./distance.ts";
import type { Position } from "./position.ts";

/** Where spherical Mercator is cut so that the world is a square. */
export const MERCATOR_LAT_MAX = 85.0511287798066;
/** Side of the world at zoom 0. */
export const TILE_PX = 256;

/** A place on the unit square: x grows eastwards from the antimeridian, y southwards from 85.05° N. */
export interface MercatorPoint {
  x: number;
  y: number;
}

export function mercatorX(lon: number): number {
  return (lon + 180) / 360;
}

/** Latitudes beyond ±85.05° are put on the edge. */
export function mercatorY(lat: number): number {
  const sin = Math.sin((Math.max(-MERCATOR_LAT_MAX, Math.min(MERCATOR_LAT_MAX, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
}

export function toMercator({ lat, lon }: Position): MercatorPoint {
  return { x: mercatorX(lon), y: mercatorY(lat) };
}

/** Longitude of any x, not wrapped. */
export function longitudeOf(x: number): number {
  return x * 360 - 180;
}

export function latitudeOf(y: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
}

export function fromMercator({ x, y }: MercatorPoint): Position {
  return { lat: latitudeOf(y), lon: longitudeOf(x) };
}

/** Side of the world in CSS pixels; zoom may be fractional. */
export function worldSizePx(zoom: number): number {
  return TILE_PX * 2 ** zoom;
}

/** Ground length of one CSS pixel at this latitude. */
export function metresPerPixel(lat: number, zoom: number): number {
  return (2 * Math.PI * EARTH_RADIUS_M * Math.cos((lat * Math.PI) / 180)) / worldSizePx(zoom);
}
