import { z } from "zod";
import { defineAlgorithm } from "#lib/algorithms/define";
import { runExtractReadings } from "./run.ts";
import { extractReadingsInputs, extractReadingsResult } from "./schema.ts";
import { viewExtractReadings } from "./view.ts";

/**
 * Purpose: the readings that a pipeline's source has since the last time, as a file.
 * Method: asks the source through its adapter, within its limits, each sensor from where it was read to.
 * Cost: the source's rate: 4 requests/s with 10 sensors and 10 days each for a GROW node.
 */
export const extractReadingsAlgorithm = defineAlgorithm({
  slug: "extract-readings",
  version: 1,
  title: "Readings from a source",
  summary: "Asks a pipeline’s source for new readings and writes them as a file.",
  params: z.object({}),
  inputs: extractReadingsInputs,
  result: extractReadingsResult,
  timeoutS: 3_600,
  memoryMb: 1_024,
  startedBy: "pipeline",
  run: runExtractReadings,
  view: viewExtractReadings,
});
