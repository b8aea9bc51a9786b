import type { Random } from "#lib/math/random";

/** Enough drivers to see how many groups there are. */
const CHOOSING_DRIVERS = 4_000;
const ROUNDS = 30;

export interface Clusters {
  /** Group of each point. */
  groupOf: Int32Array;
  groupCount: number;
}

/**
 * Groups points by k-means. The number of groups is where the loss of another group stops paying (the point of the
 * loss curve farthest from the line between its ends); groups smaller than `sizeMin` join the nearest.
 */
export function clusterPoints(
  points: readonly Float64Array[],
  { groupsMax, sizeMin, rng }: { groupsMax: number; sizeMin: number; rng: Random },
): Clusters {
  const most = Math.min(groupsMax, Math.floor(points.length / Math.max(1, sizeMin)));
  if (most < 1) return { groupOf: new Int32Array(points.length).fill(-1), groupCount: 0 };
  const every = Math.max(1, points.length / CHOOSING_DRIVERS);
  const sample = Array.from({ length: Math.floor(points.length / every) }, (_, i) => points[Math.floor(i * every)]!);
  const tried = Array.from({ length: Math.min(most, sample.length) }, (_, i) =>
    settle(sample, seed(sample, i + 1, rng.fork(`groups${i + 1}`))),
  );
  const { centres } = tried[elbowOf(tried.map(({ loss }) => loss))]!;
  return mergeSmall(points, centres, sizeMin);
}

type Centres = Float64Array[];

function seed(points: readonly Float64Array[], size: number, rng: Random): Centres {
  const centres = [points[rng.integer(0, points.length - 1)]!];
  const nearest = points.map((point) => distance(point, centres[0]!));
  while (centres.length < size) {
    let left = rng.uniform(
      0,
      nearest.reduce((sum, value) => sum + value, 0),
    );
    let chosen = 0;
    while (chosen < points.length - 1 && (left -= nearest[chosen]!) > 0) chosen++;
    centres.push(points[chosen]!);
    for (const [i, point] of points.entries()) nearest[i] = Math.min(nearest[i]!, distance(point, points[chosen]!));
  }
  return centres.map((centre) => Float64Array.from(centre));
}

function settle(points: readonly Float64Array[], start: Centres): { centres: Centres; loss: number } {
  let centres = start;
  let loss = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const sums = centres.map((centre) => new Float64Array(centre.length));
    const counts = new Float64Array(centres.length);
    let next = 0;
    for (const point of points) {
      const { group, square } = nearestOf(point, centres);
      next += square;
      counts[group]!++;
      for (let i = 0; i < point.length; i++) sums[group]![i]! += point[i]!;
    }
    if (next >= loss * (1 - 1e-6)) break;
    loss = next;
    centres = centres.map((centre, k) => (counts[k]! > 0 ? sums[k]!.map((sum) => sum / counts[k]!) : centre));
  }
  return { centres, loss };
}

function elbowOf(losses: readonly number[]): number {
  const [first = 0, last = 0] = [losses[0], losses.at(-1)];
  const height = first - last;
  if (losses.length < 3 || height <= 0) return losses.length > 1 && height > 0 ? losses.length - 1 : 0;
  const below = losses.map((loss, i) => 1 - i / (losses.length - 1) - (loss - last) / height);
  return below.indexOf(Math.max(...below));
}

function mergeSmall(points: readonly Float64Array[], found: Centres, sizeMin: number): Clusters {
  let centres = found;
  for (;;) {
    const groupOf = Int32Array.from(points, (point) => nearestOf(point, centres).group);
    const counts = new Uint32Array(centres.length);
    for (const group of groupOf) counts[group]!++;
    const smallest = counts.indexOf(Math.min(...counts));
    if (centres.length === 1 || counts[smallest]! >= sizeMin) return { groupOf, groupCount: centres.length };
    centres = centres.filter((_, k) => k !== smallest);
  }
}

function nearestOf(point: Float64Array, centres: Centres): { group: number; square: number } {
  let group = 0;
  let square = Infinity;
  for (let k = 0; k < centres.length; k++) {
    const to = distance(point, centres[k]!);
    if (to < square) [group, square] = [k, to];
  }
  return { group, square };
}

function distance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum;
}
