import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { applyControlModel, trainControlModel } from "#lib/charging/control/core/control-model";
import { createRandom } from "#lib/math/random";
import { fitRidge, predictRidge } from "#lib/math/ridge";
import { type Check, compareNumbers } from "../verify/check.ts";

const numbers = z.array(z.number());
const trainingPairs = z.object({
  alpha: z.number(),
  X: z.array(numbers),
  Y: z.array(numbers),
  ridge_all: z.object({ coef_first_row: numbers, intercept: numbers, predict_pair0_kw: numbers }),
});
const TOLERANCE = 1e-6;

/** Compares the ridge map with the reference fit of the same pairs, and what it makes of their loads. */
export function* checkControlModel(path: string): Generator<Check> {
  if (!existsSync(path)) return;
  const reference = trainingPairs.parse(JSON.parse(gunzipSync(readFileSync(path)).toString("utf8")));
  const { X: uncontrolled, Y: controlled, alpha, ridge_all: expected } = reference;
  const peaks = uncontrolled.map((row) => Math.max(...row));
  const normalised = (rows: number[][]) => rows.map((row, i) => row.map((kw) => kw / peaks[i]!));
  const x = normalised(uncontrolled);
  const model = fitRidge(x, normalised(controlled), alpha);
  for (const [i, weight] of expected.coef_first_row.entries())
    yield compareNumbers(`ridge: weight ${i} of slot 0`, model.coefficients[i]!, weight, TOLERANCE);
  for (const [t, level] of expected.intercept.entries())
    yield compareNumbers(`ridge: intercept ${t}`, model.intercept[t]!, level, TOLERANCE);
  const predicted = predictRidge(model, x[0]!);
  for (const [t, kw] of expected.predict_pair0_kw.entries())
    yield compareNumbers(`ridge: load of pair 0 in slot ${t}`, predicted[t]! * peaks[0]!, kw, TOLERANCE * peaks[0]!);
  for (const [i, row] of uncontrolled.entries()) {
    const made = applyControlModel(model, Float64Array.from(row));
    const sum = (values: Iterable<number>) => [...values].reduce((total, kw) => total + kw, 0);
    yield compareNumbers(`ridge: energy of pair ${i}`, sum(made), sum(row), 1e-9 * sum(row));
    yield { name: `ridge: load of pair ${i} is not negative`, passed: made.every((kw) => kw >= 0), detail: "below 0" };
  }
  const pairs = uncontrolled.map((row, i) => ({
    uncontrolledKw: Float64Array.from(row),
    controlledKw: Float64Array.from(controlled[i]!),
  }));
  const { heldOut } = trainControlModel(pairs, createRandom("verify"));
  yield { name: "ridge: explains held-out days", passed: heldOut.r2 > 0, detail: `R² ${heldOut.r2}` };
}
