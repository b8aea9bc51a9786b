import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { findLiveExecution } from "../execution-store.ts";
import { deletePipelineRow, requirePipeline } from "../store.ts";
import { cancelExecution } from "./cancel-execution.ts";

/** Removes a pipeline with its history and its key; the readings it brought, and their files, stay. */
export async function deletePipeline(ctx: Ctx, pipelineId: string): Promise<void> {
  await inWorkspace(ctx, async () => {
    await requirePipeline(ctx, pipelineId);
    const live = await findLiveExecution(ctx, pipelineId);
    if (live) await cancelExecution(ctx, live.id);
    await deletePipelineRow(ctx, pipelineId);
  });
}
