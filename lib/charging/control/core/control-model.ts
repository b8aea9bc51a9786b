import { chooseAlpha, fitRidge, predictRidge, type Ridge } from "#lib/math/ridge";
import type { Random } from "#lib/math/random";
import { peakIn } from "./day-tariff.ts";

/** What control makes of a load: both in kW per slot of a day. */
export interface ControlPair {
  uncontrolledKw: Float64Array;
  controlledKw: Float64Array;
}

export interface ControlModelFit {
  model: Ridge;
  alphaErrors: { alpha: number; mse: number }[];
  /** On pairs that took no part in the fit; loads as shares of the uncontrolled peak. */
  heldOut: { pairs: number; mse: number; errorMax: number; r2: number };
}

/** Penalties that are tried: 50 from 0 to 2. */
export const ALPHAS: readonly number[] = Array.from({ length: 50 }, (_, k) => (2 * k) / 49);
const FOLDS = 5;
const HELD_OUT_SHARE = 0.2;

/** Both loads as shares of the uncontrolled peak, so that the map does not depend on the number of vehicles. */
function normalise({ uncontrolledKw, controlledKw }: ControlPair) {
  const peakKw = peakIn(uncontrolledKw) || 1;
  return { x: uncontrolledKw.map((kw) => kw / peakKw), y: controlledKw.map((kw) => kw / peakKw) };
}

/**
 * A linear map from uncontrolled to controlled load, learned from optimised days (ridge regression; Powell, Cezar and
 * Rajagopal 2022). The penalty is chosen by five-fold cross-validation, the errors are of a fifth of the pairs that
 * took no part; the map itself is then fitted to all pairs. Plain least squares needs far more days than slots.
 */
export function trainControlModel(pairs: readonly ControlPair[], rng: Random): ControlModelFit {
  const rows = rng.shuffle(pairs.map(normalise));
  const heldCount = Math.floor(rows.length * HELD_OUT_SHARE);
  const held = rows.slice(0, heldCount);
  const rest = rows.slice(heldCount);
  const split = (part: typeof rows) => [part.map(({ x }) => x), part.map(({ y }) => y)] as const;
  const { alpha, errors } = chooseAlpha(...split(rest), { alphas: ALPHAS, folds: FOLDS });
  const tested = fitRidge(...split(rest), alpha);
  return {
    model: fitRidge(...split(rows), alpha),
    alphaErrors: errors,
    heldOut: { pairs: heldCount, ...scoreRows(tested, held) },
  };
}

function scoreRows(model: Ridge, rows: { x: Float64Array; y: Float64Array }[]) {
  let [squares, errorMax, spread, values] = [0, 0, 0, 0];
  const means = new Float64Array(model.targets);
  for (const { y } of rows) for (let t = 0; t < y.length; t++) means[t] = means[t]! + y[t]! / rows.length;
  for (const { x, y } of rows) {
    const predicted = predictRidge(model, x);
    for (let t = 0; t < y.length; t++) {
      const error = predicted[t]! - y[t]!;
      squares += error ** 2;
      spread += (y[t]! - means[t]!) ** 2;
      errorMax = Math.max(errorMax, Math.abs(error));
      values += 1;
    }
  }
  return { mse: squares / Math.max(1, values), errorMax, r2: spread > 0 ? 1 - squares / spread : 0 };
}

/**
 * The load that control would make of this one: never negative, with the same energy. Where the map leaves nothing
 * (a load unlike all it learned from), the load stays as it is.
 */
export function applyControlModel(model: Ridge, uncontrolledKw: Float64Array): Float64Array {
  const peakKw = peakIn(uncontrolledKw, [...uncontrolledKw.keys()]);
  if (!(peakKw > 0)) return uncontrolledKw.slice();
  const share = predictRidge(
    model,
    uncontrolledKw.map((kw) => kw / peakKw),
  );
  const wanted = sumOf(uncontrolledKw);
  const mapped = share.map((value) => Math.max(0, value * peakKw));
  const got = sumOf(mapped);
  return got > 0 ? mapped.map((kw) => (kw * wanted) / got) : uncontrolledKw.slice();
}

/**
 * The same for finer steps: a line towards the neighbouring slots, scaled so that each slot keeps its mapped energy
 * exactly.
 */
export function applyToSteps(model: Ridge, uncontrolledKw: Float64Array): Float64Array {
  const slots = model.inputs;
  const perSlot = uncontrolledKw.length / slots;
  if (!Number.isInteger(perSlot))
    throw new RangeError(`A load of ${uncontrolledKw.length} steps does not divide into ${slots} slots.`);
  const means = Float64Array.from(
    { length: slots },
    (_, slot) => sumOf(uncontrolledKw.subarray(slot * perSlot, (slot + 1) * perSlot)) / perSlot,
  );
  const mapped = applyControlModel(model, means);
  const result = new Float64Array(uncontrolledKw.length);
  for (let slot = 0; slot < slots; slot++) {
    const steps = result.subarray(slot * perSlot, (slot + 1) * perSlot);
    const before = mapped[(slot + slots - 1) % slots]!;
    const after = mapped[(slot + 1) % slots]!;
    for (let k = 0; k < perSlot; k++) {
      const at = (k + 0.5) / perSlot - 0.5;
      steps[k] = Math.max(0, mapped[slot]! + (at < 0 ? (mapped[slot]! - before) * at : (after - mapped[slot]!) * at));
    }
    const sum = sumOf(steps);
    for (let k = 0; k < perSlot; k++) steps[k] = sum > 0 ? (steps[k]! * mapped[slot]! * perSlot) / sum : 0;
  }
  return result;
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
