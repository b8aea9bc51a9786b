import { distanceM, EARTH_RADIUS_M } from "./distance.ts";
import { buildUnitTree, type Neighbour, searchUnitTree, type UnitTree } from "./unit-tree.ts";
import { isValidPosition, type Position } from "./position.ts";

export interface NearestOptions<T> {
  /** How many to return at most; 1 unless told. */
  count?: number;
  /** Farther items are left out; the limit itself is included. */
  maxDistanceM?: number;
  /** Items for which this is false are left out, for example those at too different an elevation. */
  accept?: (item: T) => boolean;
}

export interface Nearest<T> {
  item: T;
  distanceM: number;
}

/** Which items of a fixed set lie closest to a place, by great-circle distance. */
export interface NearestIndex<T> {
  /** Items that have a valid position; the others were left out. */
  size: number;
  /** Closest first, ties in the order given at build time; empty for an invalid position. */
  nearest(from: Position, options?: NearestOptions<T>): Nearest<T>[];
}

/**
 * Exact k-nearest index: a k-d tree over unit vectors, so poles and antimeridian need no special case
 * (the chord grows with the great circle). Build O(n log n), 100,000 items in about 0.1 s; query O(log n).
 * Invalid positions and 0,0 are left out. Reject by elevation with `accept`.
 */
export function buildNearestIndex<T extends Position>(items: readonly T[]): NearestIndex<T> {
  const valid = items.filter(isValidPosition);
  const tree = buildUnitTree(valid);
  return {
    size: valid.length,
    nearest: (from, options = {}) => (isValidPosition(from) ? nearestIn(tree, valid, { from, ...options }) : []),
  };
}

interface Query<T> extends NearestOptions<T> {
  from: Position;
}

function nearestIn<T extends Position>(tree: UnitTree, items: readonly T[], query: Query<T>): Nearest<T>[] {
  const { from, count = 1, maxDistanceM = Infinity, accept } = query;
  if (count < 1 || maxDistanceM < 0) return [];
  const found = searchUnitTree(tree, {
    from,
    count,
    chordSquaredMax: chordSquared(maxDistanceM),
    accept: (index) => {
      const item = items[index];
      return item !== undefined && distanceM(from, item) <= maxDistanceM && (!accept || accept(item));
    },
  });
  return found.flatMap(({ index }: Neighbour) => {
    const item = items[index];
    return item === undefined ? [] : [{ item, distanceM: distanceM(from, item) }];
  });
}

/** Squared chord on the unit sphere, widened by rounding; `accept` then decides exactly. */
function chordSquared(limitM: number): number {
  const angle = limitM / EARTH_RADIUS_M;
  if (angle >= Math.PI) return Infinity;
  const chord = 2 * Math.sin(angle / 2);
  return chord * chord * (1 + 1e-9) + 1e-15;
}
