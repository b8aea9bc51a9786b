import { getAlgorithm } from "#lib/algorithms/registry";
import type { Ctx } from "#lib/auth/context";
import type { ViewSpec } from "#lib/charts/spec";
import { AppError } from "#lib/errors";
import { findRunResult } from "../store.ts";

export interface RunResultView {
  algorithm: string;
  version: number;
  result: unknown;
  view: ViewSpec[];
}

/** The stored result and its drawing; a run that has none says why. */
export async function getRunResult(ctx: Ctx, runId: string): Promise<RunResultView> {
  const run = await findRunResult(ctx, runId);
  if (!run) throw new AppError("not_found", "There is no such run in this workspace.");
  if (run.state !== "succeeded") {
    const reason = run.errorDetail ? `: ${run.errorDetail}` : ".";
    throw new AppError("unprocessable", `This run has no result, it is ${run.state.replace("_", " ")}${reason}`);
  }
  const algorithm = await getAlgorithm(run.algorithm);
  // A result of an older version may no longer fit today's schema; it is still shown as it was stored.
  const params = algorithm.params.safeParse(run.params);
  const result = algorithm.result.safeParse(run.result);
  const view = params.success && result.success ? algorithm.view(result.data, params.data) : [];
  return { algorithm: run.algorithm, version: run.version, result: run.result, view };
}
