import { defineAlgorithm } from "#lib/algorithms/define";
import { runDetectFaults } from "./run.ts";
import { detectFaultsInputs, detectFaultsParams, detectFaultsResult } from "./schema.ts";
import { viewDetectFaults } from "./view.ts";

/**
 * Purpose: finds spans in which a sensor does not measure what it should, with cause, size and confidence.
 * Method: air temperature and light against a leave-one-out factor model of the network, the residual explained by as
 * few spans of known shape as possible (semi-Markov segmentation); everything else by a dozen components of its own
 * history. Confidence is the share of spans with such a score that were true where faults are known.
 * Source: docs/benchmarks.md, Fault detection, with what was tried and rejected.
 * Cost: 5 to 10 µs per value; memory of one block (150 sensors).
 * Not for: networks whose sensors mostly fail together; quantities made of events.
 */
export const detectFaultsAlgorithm = defineAlgorithm({
  slug: "detect-faults",
  version: 3,
  title: "Fault detection",
  summary:
    "Finds bias, drift, stuck, noise, sun heating, clock shifts and more, against the neighbours where there are five, else against the sensor's own history.",
  params: detectFaultsParams,
  inputs: detectFaultsInputs,
  result: detectFaultsResult,
  timeoutS: 3_600,
  memoryMb: 2_048,
  run: runDetectFaults,
  view: viewDetectFaults,
});
