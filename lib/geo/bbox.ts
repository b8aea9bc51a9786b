import { AppError } from "#lib/errors";
import { isValidPosition, type Position, wrapLongitude } from "./position.ts";

/** A box in degrees. `west > east` means that it crosses the antimeridian. */
export interface Bbox {
  west: number;
  south: number;
  east: number;
  north: number;
}

const FORMAT = "write it as west,south,east,north in degrees, for example -123.4,46.9,-121.5,48.2";

/** Reads `w,s,e,n`. Longitudes outside ±180 are wrapped, 360° or more is the whole world. Throws `invalid_input`. */
export function parseBbox(text: string, pointer = "/bbox"): Bbox {
  const parts = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const [west, south, east, north] = parts;
  const fail = (detail: string) => new AppError("invalid_input", detail, { fields: [{ pointer, detail }] });
  if (parts.length !== 4 || !parts.every(Number.isFinite)) throw fail(`bbox needs four numbers: ${FORMAT}`);
  if (west === undefined || south === undefined || east === undefined || north === undefined) throw fail(FORMAT);
  if (south < -90 || north > 90) throw fail("bbox latitudes must lie between -90 and 90");
  if (south > north) throw fail(`bbox south (${south}) is greater than north (${north}): ${FORMAT}`);
  if (Math.abs(west) > 540 || Math.abs(east) > 540) throw fail("bbox longitudes must lie between -540 and 540");
  return normaliseBbox({ west, south, east, north });
}

/** Wraps the longitudes into ±180; a box of 360° or more becomes the whole world. */
export function normaliseBbox(box: Bbox): Bbox {
  const { west, south, east, north } = box;
  if (east - west >= 360) return { west: -180, south, east: 180, north };
  return { west: wrapLongitude(west), south, east: east === 180 ? 180 : wrapEast(west, east), north };
}

/** The eastern edge of a box that ends on the antimeridian is 180, not -180. */
function wrapEast(west: number, east: number): number {
  const wrapped = wrapLongitude(east);
  return wrapped === -180 && east > west ? 180 : wrapped;
}

/** The inverse of `parseBbox`, with as many decimals as a metre needs. */
export function formatBbox(box: Bbox): string {
  return [box.west, box.south, box.east, box.north].map((degrees) => String(Number(degrees.toFixed(5)))).join(",");
}

export function crossesAntimeridian(box: Bbox): boolean {
  return box.west > box.east;
}

/** One box, or the two halves of a box that crosses the antimeridian: what a range query can use. */
export function splitBbox(box: Bbox): Bbox[] {
  if (!crossesAntimeridian(box)) return [box];
  return [
    { ...box, east: 180 },
    { ...box, west: -180 },
  ];
}

/** Whether the position lies in the box, edges included. */
export function bboxContains(box: Bbox, { lat, lon }: Position): boolean {
  if (lat < box.south || lat > box.north) return false;
  return crossesAntimeridian(box) ? lon >= box.west || lon <= box.east : lon >= box.west && lon <= box.east;
}

/** Width in degrees of longitude, also across the antimeridian. */
export function bboxWidth(box: Bbox): number {
  return crossesAntimeridian(box) ? 360 - box.west + box.east : box.east - box.west;
}

/** The middle of the box. */
export function bboxCenter(box: Bbox): Position {
  return { lat: (box.south + box.north) / 2, lon: wrapLongitude(box.west + bboxWidth(box) / 2) };
}

/**
 * The smallest box around all valid positions, or null when there is none. It leaves out the widest empty
 * span of longitude, so islands on both sides of the antimeridian give a narrow box, not one around the world.
 */
export function bboxOf(positions: Iterable<Position>): Bbox | null {
  const longitudes: number[] = [];
  let south = Infinity;
  let north = -Infinity;
  for (const position of positions) {
    if (!isValidPosition(position)) continue;
    longitudes.push(position.lon);
    south = Math.min(south, position.lat);
    north = Math.max(north, position.lat);
  }
  if (longitudes.length === 0) return null;
  longitudes.sort((a, b) => a - b);
  return { ...longitudeSpan(longitudes), south, north };
}

/** `sorted` is not empty. */
function longitudeSpan(sorted: number[]): { west: number; east: number } {
  const first = sorted[0] ?? 0;
  const last = sorted[sorted.length - 1] ?? 0;
  let span = { west: first, east: last };
  let widestGap = 360 - (last - first);
  sorted.forEach((lon, i) => {
    const next = sorted[i + 1];
    if (next === undefined || next - lon <= widestGap) return;
    widestGap = next - lon;
    span = { west: next, east: lon };
  });
  return span;
}
