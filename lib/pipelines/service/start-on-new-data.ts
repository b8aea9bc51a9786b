import type { Ctx } from "#lib/auth/context";
import { enqueueJob } from "#lib/jobs/enqueue";
import { listPipelineRecords } from "../store.ts";
import { startExecution } from "./start-execution.ts";

const AGAIN_AFTER_MS = 120_000;

/**
 * New files have been cleaned: starts the pipelines that asked for it. One that is running may already have passed the
 * step that reads them, so it is asked again later; files are never missed.
 */
export async function startOnNewData(ctx: Ctx): Promise<void> {
  let isMissed = false;
  for (const { id, isEnabled, runsOnNewData } of await listPipelineRecords(ctx)) {
    if (!isEnabled || !runsOnNewData) continue;
    if ((await startExecution(ctx, id, { trigger: "new_data" })) === null) isMissed = true;
  }
  if (!isMissed) return;
  await enqueueJob(ctx, {
    name: "start-pipelines-on-new-data",
    payload: { workspaceId: ctx.workspaceId },
    key: `new-data:${ctx.workspaceId}`,
    runAt: new Date(ctx.now.getTime() + AGAIN_AFTER_MS),
  });
}
