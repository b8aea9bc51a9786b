import type { Ctx } from "#lib/auth/context";
import { findWorkspace } from "#lib/workspaces/store";
import { nextStart } from "../core/schedule.ts";
import { listPipelineRecords, updatePipeline } from "../store.ts";

/** Reads every schedule in the workspace's present zone. */
export async function reschedulePipelines(ctx: Ctx): Promise<void> {
  const { timeZone } = await findWorkspace(ctx);
  for (const { id, cron, isEnabled } of await listPipelineRecords(ctx)) {
    if (cron && isEnabled) await updatePipeline(ctx, id, { nextAt: nextStart(cron, timeZone, ctx.now) });
  }
}
