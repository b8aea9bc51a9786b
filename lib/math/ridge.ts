/**
 * Ridge regression with an intercept for many targets at once: minimise |Y - X B - 1 b|² + alpha |B|². Closed form on
 * centred data; the intercept is not penalised.
 */
export interface Ridge {
  alpha: number;
  inputs: number;
  targets: number;
  /** Row t: weights of the inputs for target t. */
  coefficients: Float64Array;
  intercept: Float64Array;
}

/** Rows of equal length. */
export type Rows = readonly ArrayLike<number>[];

/** Sums from which a fit follows for any alpha; those of a fold are the whole's less the fold's. */
interface Moments {
  count: number;
  inputs: number;
  targets: number;
  sumX: Float64Array;
  sumY: Float64Array;
  xx: Float64Array;
  xy: Float64Array;
}

function momentsOf(x: Rows, y: Rows, pick: (row: number) => boolean): Moments {
  const inputs = x[0]?.length ?? 0;
  const targets = y[0]?.length ?? 0;
  const sums = {
    sumX: new Float64Array(inputs),
    sumY: new Float64Array(targets),
    xx: new Float64Array(inputs * inputs),
    xy: new Float64Array(inputs * targets),
  };
  let count = 0;
  for (let row = 0; row < x.length; row++) {
    if (!pick(row)) continue;
    count += 1;
    const [from, to] = [x[row]!, y[row]!];
    for (let t = 0; t < targets; t++) sums.sumY[t] = sums.sumY[t]! + to[t]!;
    for (let i = 0; i < inputs; i++) {
      const value = from[i]!;
      if (value === 0) continue;
      sums.sumX[i] = sums.sumX[i]! + value;
      for (let k = 0, at = i * inputs; k < inputs; k++, at++) sums.xx[at] = sums.xx[at]! + value * from[k]!;
      for (let t = 0, at = i * targets; t < targets; t++, at++) sums.xy[at] = sums.xy[at]! + value * to[t]!;
    }
  }
  return { count, inputs, targets, ...sums };
}

/** Null when the inputs are linearly dependent and alpha does not help (alpha 0). */
function fitMoments({ count, inputs, targets, sumX, sumY, xx, xy }: Moments, alpha: number): Ridge | null {
  const gram = new Float64Array(inputs * inputs);
  for (let i = 0; i < inputs; i++) {
    for (let k = 0; k < inputs; k++) gram[i * inputs + k] = xx[i * inputs + k]! - (sumX[i]! * sumX[k]!) / count;
    gram[i * inputs + i] = gram[i * inputs + i]! + alpha;
  }
  if (!factorise(gram, inputs)) return null;
  const coefficients = new Float64Array(targets * inputs);
  const intercept = new Float64Array(targets);
  for (let t = 0; t < targets; t++) {
    const weights = coefficients.subarray(t * inputs, (t + 1) * inputs);
    for (let i = 0; i < inputs; i++) weights[i] = xy[i * targets + t]! - (sumX[i]! * sumY[t]!) / count;
    substitute(gram, weights);
    let level = sumY[t]!;
    for (let i = 0; i < inputs; i++) level -= weights[i]! * sumX[i]!;
    intercept[t] = level / count;
  }
  return { alpha, inputs, targets, coefficients, intercept };
}

/** Cholesky in place, lower triangle; false when the matrix is not positive definite beyond rounding. */
function factorise(matrix: Float64Array, n: number): boolean {
  const largest = matrix.reduce((max, _, at) => (at % (n + 1) === 0 ? Math.max(max, matrix[at]!) : max), 0);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k <= i; k++) {
      let sum = matrix[i * n + k]!;
      for (let m = 0; m < k; m++) sum -= matrix[i * n + m]! * matrix[k * n + m]!;
      if (i === k && !(sum > 1e-12 * largest)) return false;
      matrix[i * n + k] = i === k ? Math.sqrt(sum) : sum / matrix[k * n + k]!;
    }
  }
  return true;
}

function substitute(lower: Float64Array, vector: Float64Array): void {
  const n = vector.length;
  for (let i = 0; i < n; i++) {
    let sum = vector[i]!;
    for (let k = 0; k < i; k++) sum -= lower[i * n + k]! * vector[k]!;
    vector[i] = sum / lower[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = vector[i]!;
    for (let k = i + 1; k < n; k++) sum -= lower[k * n + i]! * vector[k]!;
    vector[i] = sum / lower[i * n + i]!;
  }
}

/** Fits all rows. @throws RangeError when there are none, or alpha 0 meets dependent inputs. */
export function fitRidge(x: Rows, y: Rows, alpha: number): Ridge {
  if (x.length === 0 || x.length !== y.length)
    throw new RangeError("Ridge regression needs as many inputs as targets.");
  const model = fitMoments(
    momentsOf(x, y, () => true),
    alpha,
  );
  if (!model) throw new RangeError(`The inputs are linearly dependent: alpha ${alpha} is too small.`);
  return model;
}

export function predictRidge({ inputs, targets, coefficients, intercept }: Ridge, x: ArrayLike<number>): Float64Array {
  const y = Float64Array.from(intercept);
  for (let t = 0; t < targets; t++) {
    let sum = 0;
    for (let i = 0, at = t * inputs; i < inputs; i++, at++) sum += coefficients[at]! * x[i]!;
    y[t] = y[t]! + sum;
  }
  return y;
}

export interface CrossValidation {
  /** The alpha with the least error. */
  alpha: number;
  /** Mean squared error of the held-out rows per alpha, mean of the folds; Infinity where no fit exists. */
  errors: { alpha: number; mse: number }[];
}

/** k-fold cross-validation over alphas; folds are runs of rows, so shuffle before. */
export function chooseAlpha(x: Rows, y: Rows, options: { alphas: readonly number[]; folds: number }): CrossValidation {
  const folds = Math.min(options.folds, x.length);
  if (folds < 2) throw new RangeError("Cross-validation needs at least two rows.");
  const foldOf = (row: number) => Math.floor((row * folds) / x.length);
  const errors = options.alphas.map((alpha) => ({ alpha, mse: 0 }));
  for (let fold = 0; fold < folds; fold++) {
    const moments = momentsOf(x, y, (row) => foldOf(row) !== fold);
    const held = [...x.keys()].filter((row) => foldOf(row) === fold);
    for (const error of errors) {
      const model = fitMoments(moments, error.alpha);
      error.mse += model ? meanSquare(model, { x, y, rows: held }) / folds : Infinity;
    }
  }
  const best = errors.reduce((least, error) => (error.mse < least.mse ? error : least));
  return { alpha: best.alpha, errors };
}

function meanSquare(model: Ridge, { x, y, rows }: { x: Rows; y: Rows; rows: number[] }): number {
  let sum = 0;
  for (const row of rows) {
    const predicted = predictRidge(model, x[row]!);
    for (let t = 0; t < model.targets; t++) sum += (predicted[t]! - y[row]![t]!) ** 2;
  }
  return sum / (rows.length * model.targets);
}
