import type { Ctx } from "#lib/auth/context";
import { listPipelineRecords } from "../store.ts";
import { startExecution } from "./start-execution.ts";

/** New files or readings have arrived: starts the pipelines that asked for it. */
export async function startOnNewData(ctx: Ctx): Promise<void> {
  for (const { id, isEnabled, runsOnNewData } of await listPipelineRecords(ctx)) {
    if (isEnabled && runsOnNewData) await startExecution(ctx, id, { trigger: "new_data" });
  }
}
