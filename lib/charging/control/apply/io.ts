import type { z } from "zod";
import { defineAlgorithmIo } from "#lib/algorithms/io";
import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { findRunResult } from "#lib/runs/store";
import { controlModel } from "../train/schema.ts";
import { type ApplyControlModelData, type ApplyControlModelInputs, forecastLoads } from "./schema.ts";

export const applyControlModelIo = defineAlgorithmIo<ApplyControlModelInputs, unknown, ApplyControlModelData, unknown>({
  open: async ({ ctx }, { inputs }) => ({
    model: await readResult(ctx, inputs.modelRunId, { schema: controlModel, what: "control model" }),
    forecast: await readResult(ctx, inputs.forecastRunId, { schema: forecastLoads, what: "load forecast" }),
  }),
});

async function readResult<S extends z.ZodType>(
  ctx: Ctx,
  runId: string,
  { schema, what }: { schema: S; what: string },
): Promise<z.output<S>> {
  const run = await findRunResult(ctx, runId);
  const parsed = schema.safeParse(run?.state === "succeeded" ? run.result : undefined);
  if (parsed.success) return parsed.data;
  throw new AppError("unprocessable", `Run ${runId} is no finished ${what} of this workspace. Choose another.`);
}
