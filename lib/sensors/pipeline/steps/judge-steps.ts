import type { PipelineStepDefinition } from "#lib/pipelines/define";
import type { SensorNetworkSettings } from "../schema.ts";

const JUDGES = ["range-step-stuck", "detect-faults"] as const;

/** Checks and detection; with unchanged readings the stored results answer. */
export const detectStep: PipelineStepDefinition<SensorNetworkSettings> = {
  name: "detect",
  title: "Checks and faults",
  next: ({ runs }) => {
    const algorithm = JUDGES[runs.length];
    return Promise.resolve(
      algorithm === undefined
        ? { move: "done", note: "" }
        : { move: "start", request: { algorithm, params: {}, inputs: {} } },
    );
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
