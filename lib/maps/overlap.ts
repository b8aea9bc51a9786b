import { worldSizePx } from "#lib/geo/mercator";
import { type CellCount, mergeCells } from "./grid.ts";
import { spreadApart } from "./spread-apart.ts";

/** Two single points closer than this are drawn as one cluster. */
export const POINT_SPACING_PX = 14;

/** Outer radius of the ring that stands for `count` members. */
export function clusterRadiusPx(count: number): number {
  if (count < 10) return 14;
  if (count < 20) return 15.5;
  if (count < 30) return 17;
  if (count < 50) return 19;
  if (count < 1000) return 22;
  return count < 10_000 ? 25 : 28;
}

/** Half of the room one mark needs. */
function reachPx(cell: CellCount): number {
  return cell.count === 1 ? POINT_SPACING_PX / 2 : clusterRadiusPx(cell.count);
}

const PASSES_MAX = 8;
/** Bucket side in pixels, at least the largest distance at which two marks touch. */
const BUCKET_PX = 56;
/** A cluster never stands for sensors further apart than this; without the bound, touching rings chain on for ever. */
export const SPAN_MAX_PX = 144;

/**
 * Joins cells whose marks would touch at this zoom, as long as what is joined stays within `SPAN_MAX_PX`, and moves
 * the rings that then still touch a little apart. The heaviest takes in its neighbours first, so the outcome does not
 * depend on the order of the input. O(n) per pass: neighbours come from a bucket grid.
 */
export function mergeOverlapping(cells: readonly CellCount[], zoom: number): CellCount[] {
  const worldPx = worldSizePx(zoom);
  let current = [...cells];
  for (let pass = 0; pass < PASSES_MAX; pass += 1) {
    const merged = mergeOnce(current, worldPx);
    const isDone = merged.length === current.length;
    current = merged;
    if (isDone) break;
  }
  return spreadApart(current, { worldPx, reachPx });
}

function mergeOnce(cells: readonly CellCount[], worldPx: number): CellCount[] {
  const ordered = [...cells].sort(heaviestFirst);
  const buckets = new Map<string, number[]>();
  ordered.forEach((cell, i) => {
    const key = bucketKey(bucketOf(cell, worldPx), 0, 0);
    const bucket = buckets.get(key);
    if (bucket) bucket.push(i);
    else buckets.set(key, [i]);
  });
  const taken = new Uint8Array(ordered.length);
  const result: CellCount[] = [];
  ordered.forEach((cell, i) => {
    if (taken[i]) return;
    taken[i] = 1;
    let sum = cell;
    for (const j of neighbours(buckets, bucketOf(cell, worldPx))) {
      const other = ordered[j];
      if (taken[j] || !other || !touches(cell, other, worldPx)) continue;
      const joined = mergeCells(sum, other);
      if (spanPx(joined, worldPx) > SPAN_MAX_PX) continue;
      taken[j] = 1;
      sum = joined;
    }
    result.push(sum);
  });
  return result;
}

function heaviestFirst(a: CellCount, b: CellCount): number {
  if (a.count !== b.count) return b.count - a.count;
  return a.cellY - b.cellY || a.cellX - b.cellX || (a.id < b.id ? -1 : 1);
}

function touches(a: CellCount, b: CellCount, worldPx: number): boolean {
  const dx = (a.sumX / a.count - b.sumX / b.count) * worldPx;
  const dy = (a.sumY / a.count - b.sumY / b.count) * worldPx;
  const reach = reachPx(a) + reachPx(b);
  return dx * dx + dy * dy < reach * reach;
}

function spanPx(cell: CellCount, worldPx: number): number {
  return Math.max(cell.maxX - cell.minX, cell.maxY - cell.minY) * worldPx;
}

interface Bucket {
  x: number;
  y: number;
}

function bucketOf(cell: CellCount, worldPx: number): Bucket {
  return {
    x: Math.floor((cell.sumX / cell.count) * (worldPx / BUCKET_PX)),
    y: Math.floor((cell.sumY / cell.count) * (worldPx / BUCKET_PX)),
  };
}

function bucketKey({ x, y }: Bucket, dx: number, dy: number): string {
  return `${x + dx},${y + dy}`;
}

function neighbours(buckets: Map<string, number[]>, bucket: Bucket): number[] {
  const found: number[] = [];
  for (const dy of [-1, 0, 1]) {
    for (const dx of [-1, 0, 1]) found.push(...(buckets.get(bucketKey(bucket, dx, dy)) ?? []));
  }
  return found.sort((a, b) => a - b);
}
