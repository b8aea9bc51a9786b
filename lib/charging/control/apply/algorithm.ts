import { defineAlgorithm } from "#lib/algorithms/define";
import { runApplyControlModel } from "./run.ts";
import { applyControlModelInputs, applyControlModelParams, applyControlModelResult } from "./schema.ts";
import { viewApplyControlModel } from "./view.ts";

/**
 * Purpose: a load forecast with managed charging in some of its segments.
 * Method: the control model's map on each controlled segment; what falls below 0 is cut, and the rest scaled so that
 * the segment's energy stays exactly.
 * Cost: milliseconds. Not for: segments unlike the sessions that the model learned from.
 */
export const applyControlModelAlgorithm = defineAlgorithm({
  slug: "apply-control-model",
  version: 1,
  title: "Forecast with control",
  summary: "What a load forecast becomes when some of its charging is managed.",
  params: applyControlModelParams,
  inputs: applyControlModelInputs,
  result: applyControlModelResult,
  timeoutS: 300,
  memoryMb: 512,
  run: runApplyControlModel,
  view: viewApplyControlModel,
});
