import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { AppError } from "#lib/errors";
import { publish } from "#lib/live/publish";
import { enqueueAdvance } from "../advance/advance-execution.ts";
import { findLiveExecution, lockExecution, updateExecution, updateStep } from "../execution-store.ts";
import type { ExecutionDetail } from "../schema.ts";
import { getExecution } from "./get-execution.ts";

/** Goes on from the step that failed; steps before it keep their work. One that waits for its next try starts now. */
export async function retryExecution(ctx: Ctx, executionId: string): Promise<ExecutionDetail> {
  await inWorkspace(ctx, async () => {
    const execution = await lockExecution(ctx, executionId);
    if (!execution) throw new AppError("not_found", "There is no such pipeline run in this workspace.");
    const isWaiting = execution.steps.some(({ state, retryAt }) => state === "running" && retryAt !== null);
    if (execution.state === "succeeded" || (execution.state === "running" && !isWaiting)) {
      throw new AppError("conflict", `Pipeline run ${execution.no} has not failed; there is nothing to try again.`);
    }
    const live = await findLiveExecution(ctx, execution.pipelineId);
    if (live !== null && live.id !== executionId) {
      throw new AppError("conflict", `Run ${live.no} of this pipeline is going on. Wait until it has ended.`);
    }
    for (const step of execution.steps) {
      const isOver = step.state === "succeeded" || step.state === "skipped";
      if (!isOver)
        await updateStep(ctx, step, { state: "waiting", retryAt: null, finishedAt: null, errorDetail: null });
    }
    await updateExecution(ctx, executionId, { state: "running", finishedAt: null });
    await enqueueAdvance(ctx, executionId);
    await publish({ workspaceId: ctx.workspaceId, topic: "pipeline", id: executionId });
  });
  return getExecution(ctx, executionId);
}
