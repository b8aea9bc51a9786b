import { z } from "zod";
import { defineAlgorithm } from "#lib/algorithms/define";
import { runListSensors } from "./run.ts";
import { pipelineRunInputs, listSensorsResult } from "./schema.ts";

/**
 * Purpose: the sensors that a pipeline's source has, as a file.
 * Method: asks the source through its adapter, at its rate. Cost: one or two requests for most sources.
 */
export const listSensorsAlgorithm = defineAlgorithm({
  slug: "list-sensors",
  version: 1,
  title: "Sensor information from a source",
  summary: "Asks a pipeline’s source for its sensors and writes the list as a file.",
  params: z.object({}),
  inputs: pipelineRunInputs,
  result: listSensorsResult,
  timeoutS: 1_800,
  memoryMb: 1_024,
  startedBy: "pipeline",
  run: runListSensors,
  view: ({ sensorCount, placedCount }) => [
    {
      kind: "metrics",
      metrics: {
        items: [
          { label: "Sensors", value: sensorCount, decimals: 0 },
          { label: "With a position", value: placedCount, decimals: 0 },
        ],
      },
    },
  ],
});
