/** A place on the WGS84 sphere, in degrees; longitude east positive. */
export interface Position {
  lat: number;
  lon: number;
}

/**
 * Whether a position can be put on a map: finite, in range, and not 0,0.
 * Devices without a fix report exactly 0,0, so that point counts as "no position" rather than as the Gulf of Guinea.
 */
export function isValidPosition(position: Position): boolean {
  const { lat, lon } = position;
  if (!Number.isFinite(lat) || !Number.isFinite(lon)) return false;
  if (lat === 0 && lon === 0) return false;
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
}

/** Brings any finite longitude into [-180, 180). */
export function wrapLongitude(lon: number): number {
  if (lon >= -180 && lon < 180) return lon; // keeps the digits as they were written
  return ((((lon + 180) % 360) + 360) % 360) - 180;
}
