import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import type { Page } from "#lib/http/pagination";
import type { RunState } from "#lib/runs/schema";
import {
  findExecution,
  listExecutions,
  toExecutionSummary,
  type ExecutionRecord,
  type StepRecord,
} from "../execution-store.ts";
import { getPipelineDefinition } from "../registry.ts";
import type { ExecutionDetail, ExecutionStep, ExecutionSummary, StepState } from "../schema.ts";
import { requirePipeline } from "../store.ts";

export async function requireExecution(ctx: Ctx, executionId: string): Promise<ExecutionRecord> {
  const execution = await findExecution(ctx, executionId);
  if (!execution) throw new AppError("not_found", "There is no such pipeline run in this workspace.");
  return execution;
}

/** A pipeline's executions, newest first. */
export async function listExecutionsOf(
  ctx: Ctx,
  pipelineId: string,
  query: { cursor?: string | undefined; limit: number },
): Promise<Page<ExecutionSummary>> {
  await requirePipeline(ctx, pipelineId);
  return listExecutions(ctx, pipelineId, query);
}

/** One passage through the steps, with the runs of each. */
export async function getExecution(ctx: Ctx, executionId: string): Promise<ExecutionDetail> {
  const execution = await requireExecution(ctx, executionId);
  const { slug } = await requirePipeline(ctx, execution.pipelineId);
  const { steps } = await getPipelineDefinition(slug);
  return {
    ...toExecutionSummary(execution),
    pipelineId: execution.pipelineId,
    steps: execution.steps.map((step) =>
      toStep(step, steps.find(({ name }) => name === step.name)?.title ?? step.name),
    ),
  };
}

function toStep(step: StepRecord, title: string): ExecutionStep {
  const iso = (date: Date | null) => date?.toISOString() ?? null;
  return {
    ordinal: step.ordinal,
    name: step.name,
    title,
    state: step.state as StepState,
    attempt: step.attempt,
    retryAt: iso(step.retryAt),
    startedAt: iso(step.startedAt),
    finishedAt: iso(step.finishedAt),
    note: step.note,
    errorDetail: step.errorDetail,
    runs: step.runs.map(({ attempt, runId, run }) => ({
      id: runId,
      attempt,
      title: run.title,
      state: run.state as RunState,
      datasetId: run.dataset?.id ?? null,
    })),
  };
}
