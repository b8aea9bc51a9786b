import type { PipelineStepDefinition } from "#lib/pipelines/define";
import { judgingRequests } from "../../service/judging-requests.ts";
import type { SensorNetworkSettings } from "../schema.ts";

/** Checks and detection; with unchanged readings the stored results answer. */
export const detectStep: PipelineStepDefinition<SensorNetworkSettings> = {
  name: "detect",
  title: "Checks and faults",
  next: async ({ ctx, runs }) => {
    const request = (await judgingRequests(ctx))[runs.length];
    return request ? { move: "start", request } : { move: "done", note: "" };
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
