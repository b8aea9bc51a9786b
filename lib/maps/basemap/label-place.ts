import { type Coordinates, rectOf } from "./clip.ts";

export interface LabelPlace {
  x: number;
  y: number;
  /** Distance to the nearest edge: half the room a label has. */
  clearance: number;
}

const GRID = 14;
const ROUNDS = 3;

/**
 * The place inside a ring that is farthest from its edge (within a few percent): a grid search that is refined
 * around its best point. Null for a ring without area.
 */
export function labelPlace(ring: Coordinates): LabelPlace | null {
  const rect = rectOf(ring);
  let centre = { x: (rect.minX + rect.maxX) / 2, y: (rect.minY + rect.maxY) / 2 };
  let half = { x: (rect.maxX - rect.minX) / 2, y: (rect.maxY - rect.minY) / 2 };
  let best: LabelPlace | null = null;
  for (let round = 0; round < ROUNDS; round += 1) {
    best = bestOnGrid(ring, { centre, half, best });
    if (!best) return null;
    centre = best;
    half = { x: (half.x * 2) / GRID, y: (half.y * 2) / GRID };
  }
  return best;
}

interface Search {
  centre: { x: number; y: number };
  half: { x: number; y: number };
  best: LabelPlace | null;
}

function bestOnGrid(ring: Coordinates, { centre, half, best }: Search): LabelPlace | null {
  let found = best;
  for (let row = 0; row <= GRID; row += 1) {
    for (let column = 0; column <= GRID; column += 1) {
      const x = centre.x + half.x * ((2 * column) / GRID - 1);
      const y = centre.y + half.y * ((2 * row) / GRID - 1);
      const clearance = signedClearance(ring, x, y);
      if (clearance > (found?.clearance ?? 0)) found = { x, y, clearance };
    }
  }
  return found;
}

/** Distance to the ring, negative outside. */
function signedClearance(ring: Coordinates, x: number, y: number): number {
  let inside = false;
  let nearestSquared = Infinity;
  let x0 = ring[ring.length - 2]!;
  let y0 = ring[ring.length - 1]!;
  for (let i = 0; i + 1 < ring.length; i += 2) {
    const x1 = ring[i]!;
    const y1 = ring[i + 1]!;
    if (y0 > y !== y1 > y && x < ((x1 - x0) * (y - y0)) / (y1 - y0) + x0) inside = !inside;
    nearestSquared = Math.min(nearestSquared, squaredDistanceToSegment([x0, y0, x1, y1], x, y));
    x0 = x1;
    y0 = y1;
  }
  return (inside ? 1 : -1) * Math.sqrt(nearestSquared);
}

function squaredDistanceToSegment([x0, y0, x1, y1]: [number, number, number, number], x: number, y: number): number {
  const dx = x1 - x0;
  const dy = y1 - y0;
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / length));
  return (x0 + along * dx - x) ** 2 + (y0 + along * dy - y) ** 2;
}
