import { z } from "zod";
import { defineAlgorithmIo } from "#lib/algorithms/io";
import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { readCountyIndex } from "#lib/maps/regions/county-names";
import { findRunResult } from "#lib/runs/store";
import { adoptionRow } from "../tables/schema.ts";
import { findTable } from "../tables/store.ts";
import { defaultSessionModel } from "../models/default-model.ts";
import { sessionModel, type SessionModel } from "../models/schema.ts";
import type { ForecastLoadData, ForecastLoadInputs } from "./schema.ts";

export const forecastLoadIo = defineAlgorithmIo<ForecastLoadInputs, unknown, ForecastLoadData, unknown>({
  open: async ({ ctx }, { inputs }) => ({
    model: inputs.modelRunId === null ? defaultSessionModel : await readModel(ctx, inputs.modelRunId),
    counties: readCountyIndex(),
    adoption: inputs.adoptionYear === null ? null : await readAdoption(ctx, inputs.adoptionYear),
  }),
});

async function readAdoption(ctx: Ctx, year: number): Promise<ForecastLoadData["adoption"]> {
  const table = await findTable(ctx, "adoption");
  return { rows: z.array(adoptionRow).parse(table?.rows ?? []), version: table?.version ?? 0, year };
}

async function readModel(ctx: Ctx, runId: string): Promise<SessionModel> {
  const run = await findRunResult(ctx, runId);
  if (run?.algorithm !== "train-session-model" || run.state !== "succeeded") {
    const detail = "The model does not name a finished training of this workspace. Choose another, or leave it empty.";
    throw new AppError("unprocessable", detail);
  }
  return sessionModel.parse(run.result);
}
