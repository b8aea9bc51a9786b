import { defineAlgorithmIo } from "#lib/algorithms/io";
import { storeArtifact } from "#lib/runs/execute/store-artifact";
import { stat } from "node:fs/promises";
import { chooseExecutor } from "../executors/choose-executor.ts";
import { executeApp } from "../execute/execute-app.ts";
import type { RunAppData } from "./run.ts";
import type { RunAppInputs, RunAppParams, RunAppResult } from "./schema.ts";

type OpenData = RunAppData & { outputPath: string | null };

export const runAppIo = defineAlgorithmIo<RunAppInputs, RunAppParams, OpenData, RunAppResult>({
  prepare: async () => (await chooseExecutor()).prepare?.(),
  open: (scope, { inputs }) => {
    const data: OpenData = {
      outputPath: null,
      execute: async (params, tools) => {
        const { result, outputPath } = await executeApp({ scope, inputs, params, tools });
        data.outputPath = outputPath;
        return result;
      },
    };
    return Promise.resolve(data);
  },
  // The output is stored before the run can be seen to have succeeded, and both become visible together.
  commit: async (scope, { data, result }) => {
    if (data.outputPath === null) throw new Error("an app that succeeded has an output");
    const file = { path: data.outputPath, fileName: "output.zip", mediaType: "application/zip" };
    const { id } = await storeArtifact(scope, { ...file, direction: "output" });
    result.output.artifactId = id;
    result.output.sizeBytes = (await stat(data.outputPath)).size;
  },
});
