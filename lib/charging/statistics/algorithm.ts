import { defineAlgorithm } from "#lib/algorithms/define";
import { runChargingStatistics } from "./run.ts";
import { chargingStatisticsInputs, chargingStatisticsParams, chargingStatisticsResult } from "./schema.ts";
import { viewChargingStatistics } from "./view.ts";

/**
 * Purpose: how much was charged where: sessions, energy and the day of most energy by county, month, ZIP and station.
 * Method: sums over sessions by the calendar of the station’s wall clock; a session counts on the day it began. Counties
 * are those of the atlas whose name or code the record and its state give; other names stay as written, with the reason.
 * Cost: under 1 µs per session; memory grows with places and years. Not for: load by time of day.
 */
export const chargingStatisticsAlgorithm = defineAlgorithm({
  slug: "charging-statistics",
  version: 2,
  title: "Charging by county and ZIP",
  summary: "Sessions, energy and the largest day of every county, month and ZIP, and of stations with a position.",
  params: chargingStatisticsParams,
  inputs: chargingStatisticsInputs,
  result: chargingStatisticsResult,
  timeoutS: 1_800,
  memoryMb: 1_024,
  run: runChargingStatistics,
  view: viewChargingStatistics,
});
