import { defineAlgorithm } from "#lib/algorithms/define";
import { runTrainSessionModel } from "./run.ts";
import { sessionModel } from "./schema.ts";
import { trainSessionModelInputs, trainSessionModelParams } from "./train-schema.ts";
import { viewSessionModel } from "./view.ts";

/**
 * Purpose: a model of how people charge, from sessions, to forecast load with; it can be given to others.
 * Method: per segment and kind of day (and battery) a Gaussian mixture over start, energy (and time plugged in), fitted
 * by expectation-maximisation on the clock, size by BIC; groups of drivers by k-means, with their own component weights.
 * Source: Powell, Cezar and Rajagopal (2022), Scalable probabilistic estimates of electric vehicle charging given
 * observed driver behavior, Applied Energy 309, for the structure.
 * Cost: about 25 s of processor time and 400 MB for a million sessions. Holds no rows: every number stands for at least
 * the group size of sessions and drivers.
 * Not for: single stations, whose sessions are too few to be a distribution.
 */
export const trainSessionModelAlgorithm = defineAlgorithm({
  slug: "train-session-model",
  version: 1,
  title: "Session model",
  summary: "Learns when and how much people charge, by place and kind of day, from charging sessions.",
  params: trainSessionModelParams,
  inputs: trainSessionModelInputs,
  result: sessionModel,
  timeoutS: 3_600,
  memoryMb: 2_048,
  run: runTrainSessionModel,
  view: viewSessionModel,
});
