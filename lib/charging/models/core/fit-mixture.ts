import type { Random } from "#lib/math/random";
import { aroundClock, DAY_MIN, PackedMixture, type MixtureComponent, type SessionPoints } from "./mixture.ts";

/** Least standard deviations: 10 min, 0.5 kWh, a quarter of an hour. No component closes in on single sessions. */
const SPREAD_MIN = [10, 0.5, 0.25];
const LIKELIHOOD_STEP = 1e-6;

export interface FittedMixture {
  components: MixtureComponent[];
  /** Sum over the points of the log of their density. */
  logLikelihood: number;
  iterations: number;
}

/**
 * Fits a Gaussian mixture with full covariances by expectation-maximisation. The first dimension is the clock: distances
 * go the shorter way round it, so that a component may lie across midnight. Cost: iterations × points × components,
 * about 25 ns each.
 */
export function fitMixture(
  points: SessionPoints,
  start: readonly MixtureComponent[],
  { iterationsMax = 100 }: { iterationsMax?: number } = {},
): FittedMixture {
  let components = [...start];
  let logLikelihood = -Infinity;
  for (let iteration = 1; ; iteration++) {
    const { next, likelihood } = step(points, components);
    const gain = likelihood - logLikelihood;
    logLikelihood = likelihood;
    if (iteration >= iterationsMax || gain < LIKELIHOOD_STEP * Math.abs(likelihood))
      return { components, logLikelihood, iterations: iteration };
    components = next;
  }
}

/** Numbers gathered per component: mass, sums of deviations (3), of their products (6). */
const SUMS = 10;

function step(
  points: SessionPoints,
  components: readonly MixtureComponent[],
): { next: MixtureComponent[]; likelihood: number } {
  const packed = new PackedMixture(components);
  const { size, data } = packed;
  const shares = new Float64Array(size);
  const sums = new Float64Array(size * SUMS);
  const [xs, ys, zs] = points.columns;
  let likelihood = 0;
  for (let n = 0; n < points.count; n++) {
    const x = xs![n]!;
    const y = ys![n]!;
    const z = zs ? zs[n]! : 0;
    likelihood += packed.share(x, y, z, shares);
    for (let k = 0; k < size; k++) {
      const share = shares[k]!;
      if (share < 1e-8) continue;
      const at = k * PackedMixture.stride;
      const into = k * SUMS;
      const dx = aroundClock(x, data[at + 1]!);
      const dy = y - data[at + 2]!;
      const dz = z - data[at + 3]!;
      sums[into]! += share;
      sums[into + 1]! += share * dx;
      sums[into + 2]! += share * dy;
      sums[into + 3]! += share * dz;
      sums[into + 4]! += share * dx * dx;
      sums[into + 5]! += share * dx * dy;
      sums[into + 6]! += share * dy * dy;
      sums[into + 7]! += share * dx * dz;
      sums[into + 8]! += share * dy * dz;
      sums[into + 9]! += share * dz * dz;
    }
  }
  const next = components.map((component, k) =>
    updated(component, sums.subarray(k * SUMS, (k + 1) * SUMS), points.count),
  );
  return { next, likelihood };
}

function updated(component: MixtureComponent, sums: Float64Array, count: number): MixtureComponent {
  const mass = sums[0]!;
  // A component that lost its points stays where it is, without weight.
  if (mass < 1e-6) return { ...component, weight: 0 };
  const shift = [1, 2, 3].map((i) => sums[i]! / mass);
  const mean = component.mean.map((value, i) => value + shift[i]!);
  mean[0] = mean[0]! - DAY_MIN * Math.floor(mean[0]! / DAY_MIN);
  const products = [
    [4, 5, 7],
    [5, 6, 8],
    [7, 8, 9],
  ];
  const covariance = mean.map((_, i) =>
    mean.map((__, j) => {
      const value = sums[products[i]![j]!]! / mass - shift[i]! * shift[j]!;
      return i === j ? Math.max(value, SPREAD_MIN[i]! ** 2) : value;
    }),
  );
  return { weight: mass / count, mean, covariance };
}

/** Starting components: centres far from each other (k-means++), each with the spread of all points over their number. */
export function seedMixture(points: SessionPoints, size: number, rng: Random): MixtureComponent[] {
  const spread = spreadOf(points);
  const pick = (n: number) => points.columns.map((column) => column[n]!);
  const centres = [pick(rng.integer(0, points.count - 1))];
  const nearest = new Float64Array(points.count).fill(Infinity);
  while (centres.length < size) {
    const last = centres.at(-1)!;
    let sum = 0;
    for (let n = 0; n < points.count; n++) {
      let square = 0;
      for (const [i, column] of points.columns.entries()) {
        const way = i === 0 ? aroundClock(column[n]!, last[i]!) : column[n]! - last[i]!;
        square += (way / spread[i]!) ** 2;
      }
      if (square < nearest[n]!) nearest[n] = square;
      sum += nearest[n]!;
    }
    let left = rng.uniform(0, sum);
    let chosen = 0;
    while (chosen < points.count - 1 && (left -= nearest[chosen]!) > 0) chosen++;
    centres.push(pick(chosen));
  }
  const covariance = spread.map((value, i) => spread.map((_, j) => (i === j ? value ** 2 / size : 0)));
  return centres.map((mean) => ({ weight: 1 / size, mean, covariance }));
}

/** Standard deviation of each dimension, of the clock around its circular mean. */
function spreadOf({ columns, count }: SessionPoints): number[] {
  return columns.map((column, i) => {
    const centre = i === 0 ? circularMean(column, count) : column.subarray(0, count).reduce((a, b) => a + b, 0) / count;
    let squares = 0;
    for (let n = 0; n < count; n++) {
      const way = i === 0 ? aroundClock(column[n]!, centre) : column[n]! - centre;
      squares += way * way;
    }
    return Math.max(Math.sqrt(squares / count), SPREAD_MIN[i]!);
  });
}

function circularMean(minutes: Float64Array, count: number): number {
  const turn = (2 * Math.PI) / DAY_MIN;
  let [sin, cos] = [0, 0];
  for (let n = 0; n < count; n++) {
    sin += Math.sin(minutes[n]! * turn);
    cos += Math.cos(minutes[n]! * turn);
  }
  return Math.atan2(sin, cos) / turn;
}
