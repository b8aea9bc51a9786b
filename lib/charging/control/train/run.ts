import type { RunTools } from "#lib/algorithms/define";
import { chargeUncontrolled } from "../core/baselines.ts";
import { type ControlPair, trainControlModel } from "../core/control-model.ts";
import { optimiseCharging } from "../core/optimise-charging.ts";
import { peakIn, SLOTS_PER_DAY } from "../core/day-tariff.ts";
import { chooseSessions, usableRows } from "../session-table.ts";
import { conventionsOf, tariffNameOf, tariffOf } from "../tariff-params.ts";
import type { ControlModel, TrainControlModelData, TrainControlModelParams } from "./schema.ts";

export function runTrainControlModel(
  params: TrainControlModelParams,
  { table, tariff: ownTariff }: TrainControlModelData,
  { signal, rng, onProgress }: Pick<RunTools, "signal" | "rng" | "onProgress">,
): ControlModel {
  const pairs: ControlPair[] = [];
  const draws = rng.fork("days");
  onProgress(0, "Optimising days");
  for (let day = 0; day < params.days; day++) {
    signal.throwIfAborted();
    const { sessions } = chooseSessions(table, { choice: "draw", drawCount: params.sessionsPerDay, rng: draws });
    const uncontrolledKw = chargeUncontrolled(sessions).loadKw;
    const tariff = tariffOf(params, ownTariff, peakIn(uncontrolledKw));
    const { loadKw } = optimiseCharging(sessions, tariff, { conventions: conventionsOf(params), signal });
    pairs.push({ uncontrolledKw, controlledKw: loadKw });
    onProgress((0.9 * (day + 1)) / params.days);
  }
  onProgress(0.9, "Fitting the map");
  const { model, alphaErrors, heldOut } = trainControlModel(pairs, rng.fork("split"));
  const meanOf = (load: (pair: ControlPair) => Float64Array) =>
    Array.from({ length: SLOTS_PER_DAY }, (_, slot) =>
      pairs.reduce((sum, pair) => sum + load(pair)[slot]! / pairs.length, 0),
    );
  const meanPeak = (load: (pair: ControlPair) => Float64Array) =>
    pairs.reduce((sum, pair) => sum + peakIn(load(pair)) / pairs.length, 0);
  return {
    tariffName: tariffNameOf(params, ownTariff),
    capKw: params.capKw,
    alpha: model.alpha,
    coefficients: Array.from({ length: SLOTS_PER_DAY }, (_, t) => [
      ...model.coefficients.subarray(t * SLOTS_PER_DAY, (t + 1) * SLOTS_PER_DAY),
    ]),
    intercept: [...model.intercept],
    card: {
      days: params.days,
      sessionsPerDay: params.sessionsPerDay,
      sessionsKnown: usableRows(table).length,
      source: table.name,
      alphaErrors: alphaErrors.map(({ alpha, mse }) => ({ alpha, mse: Number.isFinite(mse) ? mse : null })),
      heldOut,
      meanPeakKw: {
        uncontrolled: meanPeak(({ uncontrolledKw }) => uncontrolledKw),
        controlled: meanPeak(({ controlledKw }) => controlledKw),
      },
      meanLoadKw: {
        uncontrolled: meanOf(({ uncontrolledKw }) => uncontrolledKw),
        controlled: meanOf(({ controlledKw }) => controlledKw),
      },
    },
  };
}
