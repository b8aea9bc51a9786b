import { defineAlgorithm } from "#lib/algorithms/define";
import { timeoutMarginS } from "../core/times.ts";
import { runApp } from "./run.ts";
import { runAppInputs, runAppParams, runAppResult } from "./schema.ts";
import { viewRunApp } from "./view.ts";

/**
 * Purpose: any Python program on an uploaded zip.
 * Method: code and input are checked, the program runs isolated under its app's limits, its output zip is checked and
 * stored. The same revision on the same input with the same parameters is run once.
 * When not to use: for what has an algorithm of its own here.
 */
export const runAppAlgorithm = defineAlgorithm({
  slug: "run-app",
  version: 1,
  title: "App",
  summary: "Runs an app of this workspace, any Python program, on an uploaded zip.",
  params: runAppParams,
  inputs: runAppInputs,
  result: runAppResult,
  timeoutS: 8 * 3600,
  memoryMb: 2048,
  startedBy: "app",
  stopGraceS: timeoutMarginS,
  afterRunJob: "settle-app-run",
  run: runApp,
  view: viewRunApp,
});
