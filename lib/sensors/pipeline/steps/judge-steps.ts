import type { PipelineStepDefinition } from "#lib/pipelines/define";
import { detectionRequest } from "../../faults/service/request-detection.ts";
import type { SensorNetworkSettings } from "../schema.ts";

/** Checks and detection; with unchanged readings the stored results answer. */
export const detectStep: PipelineStepDefinition<SensorNetworkSettings> = {
  name: "detect",
  title: "Checks and faults",
  next: async ({ ctx, runs }) => {
    if (runs.length === 0)
      return { move: "start", request: { algorithm: "range-step-stuck", params: { onlyNew: true }, inputs: {} } };
    if (runs.length === 1) return { move: "start", request: { algorithm: "check-network", params: {}, inputs: {} } };
    if (runs.length === 2) return { move: "start", request: await detectionRequest(ctx) };
    return { move: "done", note: "" };
  },
};

export const analyseStep: PipelineStepDefinition<SensorNetworkSettings> = {
  name: "analyse",
  title: "Summary",
  next: ({ execution, attempt, runs }) => {
    if (runs.length > 0) return Promise.resolve({ move: "done", note: "" });
    const inputs = { executionId: execution.id, attempt };
    return Promise.resolve({ move: "start", request: { algorithm: "analyse-network", params: {}, inputs } });
  },
};
