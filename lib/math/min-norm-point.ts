/**
 * Point of least Euclidean norm in a polytope that is only known by an oracle for linear costs (Wolfe 1976): keeps a
 * few points, whose affine hull's nearest point lies inside them, and adds what the oracle finds. Finite; the bound
 * |x|² - x·q, with q the cheapest point at cost x, tells how far x can be from the answer.
 */
export interface MinNormPoint<Point> {
  /** The answer as a mixture; weights are positive and sum to 1. */
  parts: { point: Point; weight: number }[];
  vector: Float64Array;
  /** |x|² minus a bound that no point can go below. */
  gap: number;
  rounds: number;
}

interface Search<Point> {
  /** Where to begin: a point, or the parts of an earlier answer. */
  start: readonly { point: Point; weight: number }[];
  vectorOf: (point: Point) => Float64Array;
  /** A point of (nearly) least cost x·q, and a bound below which none can be. */
  cheapest: (cost: Float64Array) => { point: Point; bound: number };
  /** Ends when the gap is no larger. */
  gapMax: number;
  roundsMax: number;
}

const WEIGHT_MIN = 1e-12;
/** Less to be gained than this share is rounding. */
const PROGRESS_MIN = 1e-14;
const STALLED_MAX = 20;

export function findMinNormPoint<Point>(search: Search<Point>): MinNormPoint<Point> {
  const { vectorOf } = search;
  const begun = search.start.map(({ point }) => vectorOf(point));
  let { points, weights, gram } = settle({
    points: search.start.map(({ point }) => point),
    weights: search.start.map(({ weight }) => weight),
    gram: begun.map((a) => begun.map((b) => dotOf(a, b))),
  });
  let vector = mix(points.map(vectorOf), weights);
  let gap = Infinity;
  let rounds = 0;
  let stalled = 0;
  while (rounds < search.roundsMax && stalled < STALLED_MAX) {
    rounds += 1;
    const { point, bound } = search.cheapest(vector);
    const square = squareOf(vector);
    gap = Math.min(gap, Math.max(0, square - bound));
    const next = vectorOf(point);
    if (gap <= search.gapMax || dotOf(vector, next) >= square * (1 - PROGRESS_MIN)) break;
    const products = points.map((known) => dotOf(vectorOf(known), next));
    gram = [...gram.map((row, i) => [...row, products[i]!]), [...products, squareOf(next)]];
    ({ points, weights, gram } = settle({ points: [...points, point], weights: [...weights, 0], gram }));
    vector = mix(points.map(vectorOf), weights);
    stalled = squareOf(vector) < square * (1 - PROGRESS_MIN) ? 0 : stalled + 1;
  }
  return { parts: points.map((point, i) => ({ point, weight: weights[i]! })), vector, gap, rounds };
}

interface Corral<Point> {
  points: Point[];
  weights: number[];
  /** Products of all pairs of points. */
  gram: number[][];
}

/** Moves to the nearest point of the affine hull; drops points until that lies between the rest. */
function settle<Point>({ points, weights, gram }: Corral<Point>): Corral<Point> {
  for (;;) {
    const wanted = affineMinimum(gram);
    if (wanted.every((weight) => weight > WEIGHT_MIN)) return { points, weights: wanted, gram };
    let step = 1;
    for (const [i, weight] of wanted.entries()) {
      const now = weights[i]!;
      if (weight <= WEIGHT_MIN && now > weight) step = Math.min(step, now / (now - weight));
    }
    const moved = weights.map((weight, i) => weight + step * (wanted[i]! - weight));
    const lowest = Math.min(...moved);
    const kept = [...moved.keys()].filter((i) => moved[i]! > Math.max(WEIGHT_MIN, lowest));
    const sum = kept.reduce((total, i) => total + moved[i]!, 0);
    points = kept.map((i) => points[i]!);
    weights = kept.map((i) => moved[i]! / sum);
    gram = kept.map((i) => kept.map((k) => gram[i]![k]!));
  }
}

/** Weights (of any sign, sum 1) of the affine combination with least norm: solves (G + s·11ᵀ) u = 1 by Cholesky. */
function affineMinimum(gram: number[][]): number[] {
  const n = gram.length;
  const shift = gram.reduce((max, row, i) => Math.max(max, row[i]!), 0) || 1;
  const lower = factorise(gram, shift);
  const first = solve(lower, new Float64Array(n).fill(1));
  const scale = first.reduce((sum, value) => sum + value, 0);
  const weights = first.map((value) => value / scale);
  // Products with the answer should all be alike; one step of refinement takes off what elimination left.
  const products = gram.map((row) => row.reduce((sum, value, k) => sum + value * weights[k]!, 0));
  const level = products.reduce((sum, value, k) => sum + value * weights[k]!, 0);
  const change = solve(
    lower,
    Float64Array.from(products, (value) => level - value),
  );
  const drift = change.reduce((sum, value) => sum + value, 0);
  return Array.from(weights, (weight, k) => weight + change[k]! - drift * weight);
}

function factorise(gram: number[][], shift: number): Float64Array {
  const n = gram.length;
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = gram[i]![j]! + shift;
      for (let k = 0; k < j; k++) sum -= lower[i * n + k]! * lower[j * n + k]!;
      // Nearly dependent points: a small diagonal keeps the factor finite, and the weights near each other.
      lower[i * n + j] = i === j ? Math.sqrt(Math.max(sum, 1e-14 * shift)) : sum / lower[j * n + j]!;
    }
  }
  return lower;
}

function solve(lower: Float64Array, right: Float64Array): Float64Array {
  const n = right.length;
  const u = Float64Array.from(right);
  for (let i = 0; i < n; i++) {
    let sum = u[i]!;
    for (let k = 0; k < i; k++) sum -= lower[i * n + k]! * u[k]!;
    u[i] = sum / lower[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = u[i]!;
    for (let k = i + 1; k < n; k++) sum -= lower[k * n + i]! * u[k]!;
    u[i] = sum / lower[i * n + i]!;
  }
  return u;
}

function mix(vectors: Float64Array[], weights: number[]): Float64Array {
  const sum = new Float64Array(vectors[0]!.length);
  for (const [i, vector] of vectors.entries())
    for (let k = 0; k < sum.length; k++) sum[k] = sum[k]! + weights[i]! * vector[k]!;
  return sum;
}

function dotOf(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}

function squareOf(a: Float64Array): number {
  return dotOf(a, a);
}
