import { normalTail } from "#lib/math/normal-tail";

const WINDOW = 6400;
/** A full window moves on by this many rows at a time. */
const STEP = 100;
/** Where the window does not vary at all. */
const SD_MIN = 1e-6;

/**
 * NAB's own simplest detector, recomputed so that its published file scores can be held against our scorer: score =
 * 1 - tail probability of the value under a normal distribution fitted to the last 6,400 values. The first value is 0.
 */
export function windowedGaussian(values: ArrayLike<number>): Float64Array {
  const scores = new Float64Array(values.length);
  let from = 0;
  let to = 0;
  let fit = { mean: 0, sd: 1 };
  for (let i = 0; i < values.length; i++) {
    if (to > from) scores[i] = asStored(1 - normalTail(Math.abs(values[i]! - fit.mean) / fit.sd));
    if (i < WINDOW) to = i + 1;
    else if ((i + 1 - WINDOW) % STEP === 0) [from, to] = [from + STEP, to + STEP];
    else continue;
    fit = fitNormal(values, from, to);
  }
  return scores;
}

function fitNormal(values: ArrayLike<number>, from: number, to: number): { mean: number; sd: number } {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i]!;
  const mean = sum / (to - from);
  let squares = 0;
  for (let i = from; i < to; i++) squares += (values[i]! - mean) ** 2;
  return { mean, sd: Math.sqrt(squares / (to - from)) || SD_MIN };
}

/** Published results carry twelve significant digits, so the nearest misses of 1 became hits of a threshold of 1. */
function asStored(score: number): number {
  return Number(score.toPrecision(12));
}
