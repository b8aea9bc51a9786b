import { defineAlgorithm } from "#lib/algorithms/define";
import { runCheckNetwork } from "./run.ts";
import { checkNetworkInputs, checkNetworkParams, checkNetworkResult } from "./schema.ts";
import { viewCheckNetwork } from "./view.ts";

/**
 * Purpose: finds values that are plausible alone but do not fit what is around: neighbours, the nearest reference
 * station, and the other quantities of the same sensor.
 * Method: hour by hour the mean of the neighbours (buddy) and the field they show (spatial consistency); against the
 * reference the usual difference, and where the fault detector has no network to judge by also level, slope, clock and
 * sun; light against
 * temperature and soil moisture against rain. Each check stands in its own folder. All flags are suspect: a neighbour
 * can be wrong, too. On 26 healthy loggers of a town over 38 days nothing is flagged.
 * Cost: about 5 µs per sensor and hour, memory of one neighbourhood (150 sensors and those around that have a say).
 * Not for: single values (range, step and stuck check) and faults of known shape in a network (fault detection).
 */
export const checkNetwork = defineAlgorithm({
  slug: "check-network",
  version: 3,
  title: "Neighbour and reference check",
  summary: "Compares sensors with their neighbours, their reference station and their own other quantities.",
  params: checkNetworkParams,
  inputs: checkNetworkInputs,
  result: checkNetworkResult,
  timeoutS: 3_600,
  memoryMb: 1_536,
  run: runCheckNetwork,
  view: viewCheckNetwork,
});
