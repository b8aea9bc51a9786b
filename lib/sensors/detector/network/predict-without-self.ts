import { median } from "#lib/math/quantile";
import { bisquare, type FactorModel } from "./factor-model.ts";
import { invertSymmetric } from "./invert-symmetric.ts";

interface PredictOptions {
  /** Index into the model's weights of every time of `series`; absent when they are the same. */
  weightIndex?: Int32Array;
  /** Weigh anew by how far a value is from the model: for series finer than those the model was fitted to. */
  cutoff?: number;
}

/**
 * What every sensor should have shown, from the other sensors alone: a sensor never votes on itself. Shapes as
 * `series[sensor][time]`. One matrix per time and a rank-one correction per sensor (Sherman and Morrison 1950).
 */
export function predictWithoutSelf(
  series: readonly Float64Array[],
  model: FactorModel,
  { weightIndex, cutoff }: PredictOptions = {},
): Float64Array[] {
  const { rank, loadings, factors, scales, precision, weights } = model;
  const times = series[0]?.length ?? 0;
  const sensors = series.length;
  const predicted = series.map(() => new Float64Array(times));
  const [gram, inverse] = [new Float64Array(rank * rank), new Float64Array(rank * rank)];
  const [right, state, own] = [new Float64Array(rank), new Float64Array(rank), new Float64Array(rank)];
  const [votes, fullVotes, off] = [new Float64Array(sensors), new Float64Array(sensors), new Float64Array(sensors)];
  const offState = (j: number, t: number) => series[j]![t]! - dot(loadings, j * rank, state);
  const commonShift = (t: number) => {
    for (let j = 0; j < sensors; j++) off[j] = votes[j]! > 0 ? offState(j, t) : Number.NaN;
    return median(off);
  };
  const reweigh = (t: number, limit: number, shift: number) => {
    for (let j = 0; j < sensors; j++) {
      if (votes[j]! > 0) votes[j]! *= bisquare((offState(j, t) - shift) / (limit * scales[j]!));
    }
  };
  const sumUp = (t: number) => {
    gram.set(precision);
    right.fill(0);
    for (let j = 0; j < sensors; j++) {
      const vote = votes[j]!;
      if (vote === 0) continue;
      const z = series[j]![t]!;
      for (let k = 0; k < rank; k++) {
        const weighted = vote * loadings[j * rank + k]!;
        right[k]! += weighted * z;
        for (let l = 0; l < rank; l++) gram[k * rank + l]! += weighted * loadings[j * rank + l]!;
      }
    }
    invertSymmetric(gram, rank, inverse);
    multiply(inverse, right, state);
  };
  for (let t = 0; t < times; t++) {
    const at = weightIndex ? weightIndex[t]! : t;
    for (let j = 0; j < sensors; j++) {
      const isThere = series[j]![t] === series[j]![t];
      votes[j] = isThere ? weights[j]![at]! / (scales[j]! * scales[j]!) : 0;
    }
    if (cutoff !== undefined) {
      // Whoever is far off must not pull the state from which being far off is judged.
      fullVotes.set(votes);
      state.set(factors.subarray(at * rank, at * rank + rank));
      reweigh(t, cutoff, commonShift(t));
      sumUp(t);
      votes.set(fullVotes);
      reweigh(t, cutoff, 0);
    }
    sumUp(t);
    for (let j = 0; j < sensors; j++) {
      const all = dot(loadings, j * rank, state);
      if (votes[j] === 0) {
        predicted[j]![t] = all;
        continue;
      }
      multiply(inverse, loadings.subarray(j * rank, j * rank + rank), own);
      const leverage = Math.min(0.999, votes[j]! * dot(loadings, j * rank, own));
      predicted[j]![t] = (all - leverage * series[j]![t]!) / (1 - leverage);
    }
  }
  return predicted;
}

function multiply(matrix: Float64Array, vector: Float64Array, out: Float64Array): void {
  const size = vector.length;
  for (let k = 0; k < size; k++) {
    let sum = 0;
    for (let l = 0; l < size; l++) sum += matrix[k * size + l]! * vector[l]!;
    out[k] = sum;
  }
}

function dot(values: Float64Array, from: number, vector: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < vector.length; k++) sum += values[from + k]! * vector[k]!;
  return sum;
}
