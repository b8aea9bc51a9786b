import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { AppError } from "#lib/errors";
import { publish } from "#lib/live/publish";
import { isLive, type RunState } from "#lib/runs/schema";
import { cancelRun } from "#lib/runs/service/cancel-run";
import { lockExecution, updateExecution, updateStep } from "../execution-store.ts";
import type { ExecutionDetail } from "../schema.ts";
import { getExecution } from "./get-execution.ts";

/** Ends an execution and the runs it waits for; what earlier steps stored stays. */
export async function cancelExecution(ctx: Ctx, executionId: string): Promise<ExecutionDetail> {
  await inWorkspace(ctx, async () => {
    const execution = await lockExecution(ctx, executionId);
    if (!execution) throw new AppError("not_found", "There is no such pipeline run in this workspace.");
    if (execution.state !== "running") return;
    for (const step of execution.steps) {
      if (step.state !== "waiting" && step.state !== "running") continue;
      for (const { runId, run } of step.runs) if (isLive(run.state as RunState)) await cancelRun(ctx, runId);
      await updateStep(ctx, step, { state: "cancelled", retryAt: null, finishedAt: ctx.now, note: "Cancelled." });
    }
    await updateExecution(ctx, executionId, { state: "cancelled", finishedAt: ctx.now });
    await publish({ workspaceId: ctx.workspaceId, topic: "pipeline", id: executionId });
  });
  return getExecution(ctx, executionId);
}
