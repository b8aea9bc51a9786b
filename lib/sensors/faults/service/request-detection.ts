import type { Ctx } from "#lib/auth/context";
import type { RunRequest } from "#lib/runs/service/create-run";
import { findNewestModel } from "../../models/store.ts";

/** A detection with the newest model of the workspace, named so that the result can be made again. */
export async function detectionRequest(ctx: Ctx): Promise<Pick<RunRequest, "algorithm" | "params" | "inputs">> {
  const model = await findNewestModel(ctx);
  return { algorithm: "detect-faults", params: {}, inputs: model ? { modelRunId: model.runId } : {} };
}
