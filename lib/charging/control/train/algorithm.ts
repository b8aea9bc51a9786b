import { defineAlgorithm } from "#lib/algorithms/define";
import { runTrainControlModel } from "./run.ts";
import { controlModel, trainControlModelInputs, trainControlModelParams } from "./schema.ts";
import { viewControlModel } from "./view.ts";

/**
 * Purpose: what control does to a load, learned once, so that forecasts need no optimisation of millions of sessions.
 * Method: days drawn from the sessions are optimised; a linear map with intercept from uncontrolled to controlled load,
 * both as shares of the uncontrolled peak, by ridge regression; penalty by five-fold cross-validation.
 * Source: Powell, Cezar and Rajagopal (2022), Applied Energy 309.
 * Cost: 20 to 100 ms per day, and 2 s for the fit. The model holds no sessions.
 * Not for: loads unlike those it learned from, for example another kind of place or another tariff.
 */
export const trainControlModelAlgorithm = defineAlgorithm({
  slug: "train-control-model",
  version: 1,
  title: "Control model",
  summary: "Learns from optimised days what managed charging makes of a load.",
  params: trainControlModelParams,
  inputs: trainControlModelInputs,
  result: controlModel,
  timeoutS: 3_600,
  memoryMb: 1_024,
  run: runTrainControlModel,
  view: viewControlModel,
});
