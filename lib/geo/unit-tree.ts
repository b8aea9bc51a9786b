import type { Position } from "./position.ts";

/** A balanced k-d tree over unit vectors: `order` is the tree itself, the middle of every range is its node. */
export interface UnitTree {
  /** x, y, z per item, in the order of the items. */
  vectors: Float64Array;
  order: Uint32Array;
}

export interface Neighbour {
  index: number;
  chordSquared: number;
}

export interface TreeQuery {
  from: Position;
  count: number;
  chordSquaredMax: number;
  accept: (index: number) => boolean;
}

export function buildUnitTree(positions: readonly Position[]): UnitTree {
  const vectors = new Float64Array(positions.length * 3);
  positions.forEach((position, i) => vectors.set(unitVector(position), i * 3));
  const order = Uint32Array.from(positions, (_, i) => i);
  sortRange({ vectors, order }, { from: 0, to: order.length - 1, axis: 0 });
  return { vectors, order };
}

/** The `count` closest accepted items, closest first; equal distances in index order. */
export function searchUnitTree(tree: UnitTree, query: TreeQuery): Neighbour[] {
  const best: Neighbour[] = [];
  const target = unitVector(query.from);
  const limit = () => (best.length < query.count ? query.chordSquaredMax : (best[best.length - 1]?.chordSquared ?? 0));

  const visit = (from: number, to: number, axis: number): void => {
    if (from > to) return;
    const middle = (from + to) >> 1;
    const index = tree.order[middle]!;
    const chordSquared = squaredDistance(tree.vectors, index * 3, target);
    if (chordSquared <= limit() && query.accept(index)) insert(best, { index, chordSquared }, query.count);
    const offset = target[axis]! - tree.vectors[index * 3 + axis]!;
    const next = (axis + 1) % 3;
    if (offset <= 0) visit(from, middle - 1, next);
    else visit(middle + 1, to, next);
    if (offset * offset > limit()) return;
    if (offset <= 0) visit(middle + 1, to, next);
    else visit(from, middle - 1, next);
  };
  visit(0, tree.order.length - 1, 0);
  return best;
}

function unitVector({ lat, lon }: Position): [number, number, number] {
  const phi = (lat * Math.PI) / 180;
  const lambda = (lon * Math.PI) / 180;
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
}

function squaredDistance(vectors: Float64Array, at: number, target: readonly number[]): number {
  const dx = vectors[at]! - target[0]!;
  const dy = vectors[at + 1]! - target[1]!;
  const dz = vectors[at + 2]! - target[2]!;
  return dx * dx + dy * dy + dz * dz;
}

/** Keeps `best` sorted and no longer than `count`. */
function insert(best: Neighbour[], found: Neighbour, count: number): void {
  let at = best.length;
  while (at > 0 && comesBefore(found, best[at - 1]!)) at -= 1;
  best.splice(at, 0, found);
  if (best.length > count) best.pop();
}

function comesBefore(a: Neighbour, b: Neighbour): boolean {
  return a.chordSquared < b.chordSquared || (a.chordSquared === b.chordSquared && a.index < b.index);
}

interface Range {
  from: number;
  to: number;
  axis: number;
}

function sortRange(tree: UnitTree, { from, to, axis }: Range): void {
  if (to <= from) return;
  const middle = (from + to) >> 1;
  selectNth(tree, { from, to, axis }, middle);
  const next = (axis + 1) % 3;
  sortRange(tree, { from, to: middle - 1, axis: next });
  sortRange(tree, { from: middle + 1, to, axis: next });
}

/** Hoare's quickselect: smaller keys end up left of `nth`, larger ones right of it. Equal keys stay balanced. */
function selectNth({ vectors, order }: UnitTree, { from, to, axis }: Range, nth: number): void {
  const keyAt = (position: number) => vectors[order[position]! * 3 + axis]!;
  let left = from;
  let right = to;
  while (left < right) {
    const pivot = keyAt((left + right) >> 1);
    let i = left;
    let j = right;
    while (i <= j) {
      while (keyAt(i) < pivot) i += 1;
      while (keyAt(j) > pivot) j -= 1;
      if (i > j) break;
      const swapped = order[i]!;
      order[i] = order[j]!;
      order[j] = swapped;
      i += 1;
      j -= 1;
    }
    if (nth <= j) right = j;
    else if (nth >= i) left = i;
    else return;
  }
}
