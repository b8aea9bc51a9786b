import { defineAlgorithmIo } from "#lib/algorithms/io";
import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { readCountyIndex } from "#lib/maps/regions/county-names";
import { findRunResult } from "#lib/runs/store";
import { defaultSessionModel } from "../models/default-model.ts";
import { sessionModel, type SessionModel } from "../models/schema.ts";
import type { ForecastLoadData, ForecastLoadInputs } from "./schema.ts";

export const forecastLoadIo = defineAlgorithmIo<ForecastLoadInputs, unknown, ForecastLoadData, unknown>({
  open: async ({ ctx }, { inputs }) => ({
    model: inputs.modelRunId === null ? defaultSessionModel : await readModel(ctx, inputs.modelRunId),
    counties: readCountyIndex(),
  }),
});

async function readModel(ctx: Ctx, runId: string): Promise<SessionModel> {
  const run = await findRunResult(ctx, runId);
  if (run?.algorithm !== "train-session-model" || run.state !== "succeeded") {
    const detail = "The model does not name a finished training of this workspace. Choose another, or leave it empty.";
    throw new AppError("unprocessable", detail);
  }
  return sessionModel.parse(run.result);
}
