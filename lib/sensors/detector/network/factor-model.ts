import { median } from "#lib/math/quantile";
import { robustStandardDeviation } from "#lib/math/stats";
import { invertSymmetric } from "./invert-symmetric.ts";

/**
 * What the sensors of a network have in common: a few courses over time (factors) that every sensor follows with
 * loadings of its own. Fitted so that sensors at fault do not pull it (soft imputation with bisquare weights).
 */
export interface FactorModel {
  rank: number;
  /** Loadings, sensor by sensor, `rank` each. */
  loadings: Float64Array;
  /** Course of the factors, time by time, `rank` each. */
  factors: Float64Array;
  /** Usual deviation of every sensor from the model. */
  scales: Float64Array;
  /** Inverse covariance of the factors, `rank` × `rank`: how far a factor may go where few sensors report. */
  precision: Float64Array;
  /** Weight of every sensor (first index) at every time: 0 where it is missing, masked or far off. */
  weights: Float64Array[];
}

interface FitOptions {
  rank: number;
  /** Deviations beyond this many scales have no weight. */
  cutoff: number;
}

const ROUNDS = 12;
const SCALE_FLOOR = 0.3;

/** Rank of every round: one factor first, so that a single faulty sensor does not become a factor of its own. */
const rankOfRound = (round: number, rank: number) => Math.min(rank, 1 + (round >> 1));

/** Fits the model to centred series (`series[sensor][time]`, NaN = missing or masked). */
export function fitFactors(series: readonly Float64Array[], { rank, cutoff }: FitOptions): FactorModel {
  const sensors = series.length;
  const times = series[0]?.length ?? 0;
  const level = crossMedian(series);
  const fitted = series.map(() => Float64Array.from(level));
  const weights = series.map(() => new Float64Array(times));
  const scales = new Float64Array(sensors);
  let loadings: Float64Array = new Float64Array(sensors).fill(1 / Math.sqrt(sensors));
  let factors: Float64Array = new Float64Array(times);
  let current = 1;
  for (let round = 0; round < ROUNDS; round++) {
    weigh(series, fitted, { weights, scales, cutoff });
    const target = series.map((own, j) => {
      const [fit, w] = [fitted[j]!, weights[j]!];
      return fit.map((value, t) => (w[t]! > 0 ? value + w[t]! * (own[t]! - value) : value));
    });
    const wanted = rankOfRound(round, rank);
    if (wanted > current) loadings = addDirection(loadings, { sensors, from: current, to: wanted });
    current = wanted;
    for (let step = 0; step < 2; step++) {
      factors = project(target, loadings, current);
      loadings = orthonormal(backProject(target, factors, current), sensors, current);
    }
    factors = project(target, loadings, current);
    rebuild(fitted, { loadings, factors, rank: current });
  }
  weigh(series, fitted, { weights, scales, cutoff });
  return { rank: current, loadings, factors, scales, precision: precisionOf(factors, current), weights };
}

function crossMedian(series: readonly Float64Array[]): Float64Array {
  const row = new Float64Array(series.length);
  const level = Float64Array.from(series[0] ?? [], (_, t) => {
    for (let j = 0; j < series.length; j++) row[j] = series[j]![t]!;
    return median(row);
  });
  return level.map((value) => (Number.isNaN(value) ? 0 : value));
}

interface Weighing {
  weights: Float64Array[];
  scales: Float64Array;
  cutoff: number;
}

function weigh(series: readonly Float64Array[], fitted: Float64Array[], { weights, scales, cutoff }: Weighing): void {
  for (let j = 0; j < series.length; j++) {
    const [own, fit] = [series[j]!, fitted[j]!];
    scales[j] = robustStandardDeviation(own.map((value, t) => value - fit[t]!));
  }
  const typical = median(scales);
  for (let j = 0; j < series.length; j++) {
    const [own, fit, w] = [series[j]!, fitted[j]!, weights[j]!];
    const scale = Math.max(Number.isFinite(scales[j]!) ? scales[j]! : 0, SCALE_FLOOR * typical, 1e-9);
    scales[j] = scale;
    for (let t = 0; t < own.length; t++) w[t] = bisquare((own[t]! - fit[t]!) / (cutoff * scale));
  }
}

/** Tukey's weight: 1 at 0, 0 from 1 on and for what is missing. */
export function bisquare(u: number): number {
  const rest = 1 - u * u;
  return rest > 0 ? rest * rest : 0;
}

/** A deterministic new direction, made orthogonal by the iteration that follows. */
function addDirection(loadings: Float64Array, { sensors, from, to }: { sensors: number; from: number; to: number }) {
  const wider = new Float64Array(sensors * to);
  for (let j = 0; j < sensors; j++) {
    for (let k = 0; k < to; k++) {
      wider[j * to + k] = k < from ? loadings[j * from + k]! : Math.sin((j + 1) * (k + 1) * 1.618);
    }
  }
  return orthonormal(wider, sensors, to);
}

/** factors[t] = Σ_j target[j][t] · loading[j]. */
function project(target: readonly Float64Array[], loadings: Float64Array, rank: number): Float64Array {
  const times = target[0]!.length;
  const factors = new Float64Array(times * rank);
  for (let j = 0; j < target.length; j++) {
    const own = target[j]!;
    for (let k = 0; k < rank; k++) {
      const loading = loadings[j * rank + k]!;
      for (let t = 0; t < times; t++) factors[t * rank + k]! += own[t]! * loading;
    }
  }
  return factors;
}

function backProject(target: readonly Float64Array[], factors: Float64Array, rank: number): Float64Array {
  const loadings = new Float64Array(target.length * rank);
  for (let j = 0; j < target.length; j++) {
    const own = target[j]!;
    for (let k = 0; k < rank; k++) {
      let sum = 0;
      for (let t = 0; t < own.length; t++) sum += own[t]! * factors[t * rank + k]!;
      loadings[j * rank + k] = sum;
    }
  }
  return loadings;
}

/** Gram–Schmidt over the columns. */
function orthonormal(columns: Float64Array, rows: number, rank: number): Float64Array {
  for (let k = 0; k < rank; k++) {
    for (let other = 0; other < k; other++) {
      let dot = 0;
      for (let j = 0; j < rows; j++) dot += columns[j * rank + k]! * columns[j * rank + other]!;
      for (let j = 0; j < rows; j++) columns[j * rank + k]! -= dot * columns[j * rank + other]!;
    }
    let norm = 0;
    for (let j = 0; j < rows; j++) norm += columns[j * rank + k]! ** 2;
    const scale = norm > 1e-18 ? 1 / Math.sqrt(norm) : 0;
    for (let j = 0; j < rows; j++) columns[j * rank + k]! *= scale;
  }
  return columns;
}

interface Parts {
  loadings: Float64Array;
  factors: Float64Array;
  rank: number;
}

function rebuild(fitted: Float64Array[], { loadings, factors, rank }: Parts): void {
  for (let j = 0; j < fitted.length; j++) {
    const own = fitted[j]!;
    own.fill(0);
    for (let k = 0; k < rank; k++) {
      const loading = loadings[j * rank + k]!;
      for (let t = 0; t < own.length; t++) own[t]! += loading * factors[t * rank + k]!;
    }
  }
}

function precisionOf(factors: Float64Array, rank: number): Float64Array {
  const covariance = new Float64Array(rank * rank);
  const times = factors.length / rank;
  for (let t = 0; t < times; t++) {
    for (let k = 0; k < rank; k++) {
      for (let l = 0; l < rank; l++) covariance[k * rank + l]! += factors[t * rank + k]! * factors[t * rank + l]!;
    }
  }
  // A factor that hardly moves is held at 0 instead of making the matrix singular.
  for (let i = 0; i < covariance.length; i++) covariance[i]! /= Math.max(1, times);
  for (let k = 0; k < rank; k++) covariance[k * rank + k]! += 1e-9;
  return invertSymmetric(covariance, rank);
}
