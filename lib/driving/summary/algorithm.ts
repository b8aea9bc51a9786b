import { defineAlgorithm } from "#lib/algorithms/define";
import { runDrivingSummary } from "./run.ts";
import { drivingSummaryInputs, drivingSummaryParams, drivingSummaryResult, SUMMARY_TIMEOUT_S } from "./schema.ts";
import { viewDrivingSummary } from "./view.ts";

/**
 * Purpose: who drove how far and how, by driver, day, hour, session and trip.
 * Method: counts and durations as devices report them; sessions, episodes and standstills as islands of running counts;
 * distance on the sphere between records at most a session gap apart, booked to the later one.
 * Source: docs/guide/driving-summaries.md. The same SQL runs on DuckDB and on Spark.
 * Cost: two sorts of the records by driver and time.
 * Not for: finding overspeed that a device did not report; nothing is derived from the speed of a row.
 */
export const drivingSummary = defineAlgorithm({
  slug: "driving-summary",
  version: 1,
  title: "Driving summary",
  summary: "Counts, times, distances, rates and a score by driver, day, session and trip, from driving records.",
  params: drivingSummaryParams,
  inputs: drivingSummaryInputs,
  result: drivingSummaryResult,
  timeoutS: SUMMARY_TIMEOUT_S,
  memoryMb: 4096,
  // Long enough to tell a cluster that its job must end.
  stopGraceS: 15,
  run: runDrivingSummary,
  view: viewDrivingSummary,
});
