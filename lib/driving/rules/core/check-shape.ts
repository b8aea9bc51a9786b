import { isValidPosition } from "#lib/geo/position";
import type { GeofenceShape, Vertex } from "./geofence.ts";

/** Enough for a town's border; more would cost every record. */
export const VERTICES_MAX = 500;
export const RADIUS_MIN_M = 10;
export const RADIUS_MAX_M = 500_000;
/** A polygon this wide is one that crosses the date line and was meant the other way round. */
const WIDTH_MAX_DEG = 180;

/** What is wrong with a shape, in a sentence; null for nothing. */
export function findShapeFault(shape: GeofenceShape): string | null {
  if (shape.kind === "circle") {
    if (!isValidPosition(shape)) return "The centre is not a place on the map.";
    const isFit = shape.radiusM >= RADIUS_MIN_M && shape.radiusM <= RADIUS_MAX_M;
    return isFit ? null : `The radius is ${RADIUS_MIN_M} m to ${RADIUS_MAX_M / 1000} km.`;
  }
  const count = shape.rings.reduce((sum, ring) => sum + ring.length, 0);
  if (count > VERTICES_MAX) return `It has ${count} corners, at most ${VERTICES_MAX} are kept. Simplify it.`;
  for (const [index, ring] of shape.rings.entries()) {
    const fault = findRingFault(ring);
    if (fault) return index === 0 ? fault : `Hole ${index}: ${fault}`;
  }
  return shape.rings.length === 0 ? "It has no border." : null;
}

function findRingFault(ring: readonly Vertex[]): string | null {
  if (ring.length < 3) return "A border needs at least three corners.";
  const odd = ring.findIndex(([lon, lat]) => !(Math.abs(lat) <= 90 && Math.abs(lon) <= 180));
  if (odd >= 0) return `Corner ${odd + 1} is not a place on the map: longitude comes first, then latitude.`;
  const longitudes = ring.map(([lon]) => lon);
  if (Math.max(...longitudes) - Math.min(...longitudes) > WIDTH_MAX_DEG) {
    return "It crosses the date line. Draw the two sides as geofences of their own.";
  }
  const twice = ring.findIndex(([lon, lat], i) => ring.some(([a, b], j) => j > i && a === lon && b === lat));
  if (twice >= 0) return `Corner ${twice + 1} occurs twice.`;
  const crossing = findCrossing(ring);
  if (crossing) return `Its border crosses itself: the edges after corners ${crossing[0]} and ${crossing[1]}.`;
  return areaOf(ring) === 0 ? "It encloses nothing." : null;
}

/** Numbers, from 1, of two edges that cross or touch. Most pairs are far apart, so their boxes are asked first. */
function findCrossing(ring: readonly Vertex[]): [number, number] | null {
  const edges = ring.map((from, i): [Vertex, Vertex] => [from, ring[(i + 1) % ring.length]!]);
  for (const [i, one] of edges.entries()) {
    for (let j = i + 2; j < edges.length; j += 1) {
      const areNeighbours = i === 0 && j === edges.length - 1;
      if (!areNeighbours && doBoxesMeet(one, edges[j]!) && doCross(one, edges[j]!)) return [i + 1, j + 1];
    }
  }
  return null;
}

const doBoxesMeet = ([a, b]: readonly [Vertex, Vertex], [c, d]: readonly [Vertex, Vertex]) =>
  doSpansMeet(a[0], b[0], c[0], d[0]) && doSpansMeet(a[1], b[1], c[1], d[1]);

const doSpansMeet = (a: number, b: number, c: number, d: number) =>
  Math.max(a, b) >= Math.min(c, d) && Math.max(c, d) >= Math.min(a, b);

const sideOf = ([a, b]: readonly [Vertex, Vertex], [x, y]: Vertex) =>
  Math.sign((b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]));

const isBetween = ([a, b]: readonly [Vertex, Vertex], [x, y]: Vertex) =>
  x >= Math.min(a[0], b[0]) && x <= Math.max(a[0], b[0]) && y >= Math.min(a[1], b[1]) && y <= Math.max(a[1], b[1]);

function doCross(one: [Vertex, Vertex], other: [Vertex, Vertex]): boolean {
  const sides = [sideOf(one, other[0]), sideOf(one, other[1]), sideOf(other, one[0]), sideOf(other, one[1])];
  if (sides[0] !== sides[1] && sides[2] !== sides[3] && sides.every((side) => side !== 0)) return true;
  const touches = (side: number | undefined, edge: [Vertex, Vertex], point: Vertex) =>
    side === 0 && isBetween(edge, point);
  return (
    touches(sides[0], one, other[0]) ||
    touches(sides[1], one, other[1]) ||
    touches(sides[2], other, one[0]) ||
    touches(sides[3], other, one[1])
  );
}

/** In square degrees. */
function areaOf(ring: readonly Vertex[]): number {
  return Math.abs(
    ring.reduce((sum, [x, y], i) => {
      const [nextX, nextY] = ring[(i + 1) % ring.length]!;
      return sum + x * nextY - nextX * y;
    }, 0) / 2,
  );
}
