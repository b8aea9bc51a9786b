import { finiteOf, median } from "./quantile.ts";

/** Scales the median absolute deviation to the standard deviation of a normal distribution: 1 / Φ⁻¹(3/4). */
const MAD_TO_SD = 1.482602218505602;

/** Smallest and largest finite value; both NaN when there is none. */
export function extent(values: ArrayLike<number>): { min: number; max: number } {
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min <= max ? { min, max } : { min: NaN, max: NaN };
}

/** Mean of the finite values; NaN when there is none. */
export function mean(values: ArrayLike<number>): number {
  return momentsOf(values).mean;
}

/** Sample standard deviation (n − 1) of the finite values; NaN below two values. */
export function standardDeviation(values: ArrayLike<number>): number {
  return momentsOf(values).standardDeviation;
}

/** Median absolute deviation from the median, unscaled; NaN when there is no finite value. */
export function medianAbsoluteDeviation(values: ArrayLike<number>): number {
  const finite = finiteOf(values);
  const centre = median(finite);
  for (let i = 0; i < finite.length; i++) finite[i] = Math.abs(finite[i]! - centre);
  return median(finite);
}

/** Standard deviation as the scaled median absolute deviation: unmoved by up to half the values being wrong. */
export function robustStandardDeviation(values: ArrayLike<number>): number {
  return MAD_TO_SD * medianAbsoluteDeviation(values);
}

/** Running count, mean and variance in one pass (Welford 1962), mergeable (Chan, Golub, LeVeque 1979). */
export class Moments {
  count = 0;
  #mean = 0;
  #squares = 0;

  /** Takes one value in; NaN and infinities are left out. */
  add(value: number): void {
    if (!Number.isFinite(value)) return;
    this.count += 1;
    const delta = value - this.#mean;
    this.#mean += delta / this.count;
    this.#squares += delta * (value - this.#mean);
  }

  /** Takes in everything the other has seen. */
  merge(other: Moments): void {
    if (other.count === 0) return;
    const count = this.count + other.count;
    const delta = other.#mean - this.#mean;
    this.#squares += other.#squares + (delta * delta * this.count * other.count) / count;
    this.#mean += (delta * other.count) / count;
    this.count = count;
  }

  get mean(): number {
    return this.count > 0 ? this.#mean : NaN;
  }

  /** Sample variance (n − 1); NaN below two values. */
  get variance(): number {
    return this.count > 1 ? this.#squares / (this.count - 1) : NaN;
  }

  get standardDeviation(): number {
    return Math.sqrt(this.variance);
  }
}

export function momentsOf(values: ArrayLike<number>): Moments {
  const moments = new Moments();
  for (let i = 0; i < values.length; i++) moments.add(values[i]!);
  return moments;
}
