import { ringAreaM2 } from "#lib/geo/area";
import { type Bbox, bboxOf } from "#lib/geo/bbox";
import { circleAround } from "#lib/geo/circle";
import { type Position, wrapLongitude } from "#lib/geo/position";
import { formatCompact, formatNumber } from "#lib/format/numbers";
import { countOf } from "#lib/format/lists";
import type { GeofenceShape, Vertex } from "./geofence.ts";

/** So many points look round at any zoom. */
const CIRCLE_POINTS = 96;

const toPosition = ([lon, lat]: Vertex): Position => ({ lat, lon });

/** The shape as rings to draw: border, then holes. */
export function outlineOf(shape: GeofenceShape): Position[][] {
  if (shape.kind === "circle") return [circleAround(shape, shape.radiusM, CIRCLE_POINTS)];
  return shape.rings.map((ring) => ring.map(toPosition));
}

/** The smallest box around the shapes; null without any. */
export function extentOf(shapes: readonly GeofenceShape[]): Bbox | null {
  const borders = shapes.flatMap((shape) => outlineOf(shape)[0] ?? []);
  return bboxOf(borders.map(({ lat, lon }) => ({ lat, lon: lon === 180 ? lon : wrapLongitude(lon) })));
}

/** Square metres, without the holes. */
export function areaM2Of(shape: GeofenceShape): number {
  const [border = [], ...holes] = outlineOf(shape);
  return ringAreaM2(border) - holes.reduce((sum, hole) => sum + ringAreaM2(hole), 0);
}

/** Kind and size: “circle, 500 m radius”, “polygon, 12 corners, 3.20 km²”. */
export function shapeWords(shape: GeofenceShape): string {
  if (shape.kind === "circle") return `circle, ${lengthWords(shape.radiusM)} radius`;
  const [, ...holes] = shape.rings;
  const hollow = holes.length === 0 ? "" : ` with ${countOf(holes.length, "hole")}`;
  const corners = shape.rings.reduce((sum, ring) => sum + ring.length, 0);
  return `polygon${hollow}, ${countOf(corners, "corner")}, ${areaWords(areaM2Of(shape))}`;
}

function lengthWords(lengthM: number): string {
  return lengthM < 1000 ? `${formatNumber(lengthM, { decimalsMax: 0 })} m` : `${formatCompact(lengthM / 1000)} km`;
}

function areaWords(areaM2: number): string {
  return areaM2 < 100_000 ? `${formatNumber(areaM2, { decimalsMax: 0 })} m²` : `${formatCompact(areaM2 / 1e6)} km²`;
}
