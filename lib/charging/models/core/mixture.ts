/** Minutes of the circle that start times live on. */
export const DAY_MIN = 1440;

/** Sessions as columns: start in minutes after midnight, energy in kWh and, for three dimensions, hours plugged in. */
export interface SessionPoints {
  count: number;
  columns: readonly Float64Array[];
}

export interface MixtureComponent {
  weight: number;
  /** Start (min), energy (kWh) and, for three dimensions, time plugged in (h). */
  mean: number[];
  covariance: number[][];
}

/** The shorter way round the clock from `from` to `to`, -720 to 720. */
export function aroundClock(to: number, from: number): number {
  const way = to - from;
  if (way >= -720 && way < 720) return way;
  return way - DAY_MIN * Math.floor((way + 720) / DAY_MIN);
}

/** Lower triangle L with L Lᵀ = covariance, row by row. Not positive definite: the diagonal is kept above 0. */
export function choleskyOf(covariance: readonly (readonly number[])[]): number[][] {
  const lower: number[][] = [];
  for (const [i, row] of covariance.entries()) {
    lower[i] = [];
    for (let j = 0; j <= i; j++) {
      let sum = row[j]!;
      for (let k = 0; k < j; k++) sum -= lower[i][k]! * lower[j]![k]!;
      lower[i][j] = i === j ? Math.sqrt(Math.max(sum, 1e-9)) : sum / lower[j]![j]!;
    }
  }
  return lower;
}

/** Inverse of a lower triangle. */
function invertLower(lower: readonly (readonly number[])[]): number[][] {
  const inverse = lower.map((row) => row.map(() => 0));
  for (const [i, row] of lower.entries()) {
    inverse[i]![i] = 1 / row[i]!;
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (let k = j; k < i; k++) sum -= row[k]! * inverse[k]![j]!;
      inverse[i]![j] = sum / row[i]!;
    }
  }
  return inverse;
}

const LOG_TWO_PI = Math.log(2 * Math.PI);

/** The components as flat numbers for the inner loop: per component log factor, mean (3), inverse triangle (6). */
export class PackedMixture {
  static readonly stride = 10;
  readonly data: Float64Array;
  readonly size: number;

  constructor(components: readonly MixtureComponent[]) {
    this.size = components.length;
    this.data = new Float64Array(this.size * PackedMixture.stride);
    for (const [k, { weight, mean, covariance }] of components.entries()) {
      const lower = choleskyOf(covariance);
      const inverse = invertLower(lower);
      const logDeterminant = lower.reduce((sum, row, i) => sum + Math.log(row[i]!), 0);
      const at = k * PackedMixture.stride;
      this.data[at] = Math.log(Math.max(weight, 1e-300)) - (mean.length / 2) * LOG_TWO_PI - logDeterminant;
      for (let i = 0; i < 3; i++) this.data[at + 1 + i] = mean[i] ?? 0;
      const flat = [inverse[0]![0], inverse[1]![0], inverse[1]![1], inverse[2]?.[0], inverse[2]?.[1], inverse[2]?.[2]];
      for (const [i, value] of flat.entries()) this.data[at + 4 + i] = value ?? 0;
    }
  }

  /** Shares of the components in a point into `shares`; returns the log of its density. */
  share(x: number, y: number, z: number, shares: Float64Array): number {
    const { data, size } = this;
    let most = -Infinity;
    for (let k = 0; k < size; k++) {
      const at = k * PackedMixture.stride;
      const dx = aroundClock(x, data[at + 1]!);
      const dy = y - data[at + 2]!;
      const dz = z - data[at + 3]!;
      const a = dx * data[at + 4]!;
      const b = dx * data[at + 5]! + dy * data[at + 6]!;
      const c = dx * data[at + 7]! + dy * data[at + 8]! + dz * data[at + 9]!;
      const log = data[at]! - 0.5 * (a * a + b * b + c * c);
      shares[k] = log;
      if (log > most) most = log;
    }
    let sum = 0;
    for (let k = 0; k < size; k++) {
      const below = shares[k]! - most;
      // Most components are far away; e^-40 adds nothing.
      sum += shares[k] = below > -40 ? Math.exp(below) : 0;
    }
    for (let k = 0; k < size; k++) shares[k] = shares[k]! / sum;
    return most + Math.log(sum);
  }
}
