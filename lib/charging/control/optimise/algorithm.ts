import { defineAlgorithm } from "#lib/algorithms/define";
import { runOptimiseCharging } from "./run.ts";
import { optimiseChargingInputs, optimiseChargingParams, optimiseChargingResult } from "./schema.ts";
import { viewOptimiseCharging } from "./view.ts";

/**
 * Purpose: the cheapest way to charge a day's sessions under a tariff, each within its stay and its power.
 * Method: the linear program over the total load, whose feasible set is the base of a polymatroid: Dantzig–Wolfe with
 * a greedy oracle and a certified bound; then, among the cheapest loads, the one with the least sum of squares, which
 * is unique. Energy that cannot be delivered is made least first, and reported session by session.
 * Source: Powell, Cezar and Rajagopal (2022), Scalable probabilistic estimates of electric vehicle charging given
 * observed driver behavior, Applied Energy 309, for the program; Edmonds (1970) for the greedy rule.
 * Cost: see docs/benchmarks.md, Managed charging. Memory of the sessions' windows.
 * Not for: control while sessions arrive, since all are known beforehand here; the saving is what foresight could reach.
 */
export const optimiseChargingAlgorithm = defineAlgorithm({
  slug: "optimise-charging",
  version: 1,
  title: "Managed charging",
  summary: "The cheapest schedule for a day’s charging sessions under a tariff and a site limit, with proof.",
  params: optimiseChargingParams,
  inputs: optimiseChargingInputs,
  result: optimiseChargingResult,
  timeoutS: 600,
  memoryMb: 2_048,
  run: runOptimiseCharging,
  view: viewOptimiseCharging,
});
