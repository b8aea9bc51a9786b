import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { publish } from "#lib/live/publish";
import { enqueueAdvance } from "../advance/advance-execution.ts";
import { countSkippedStart, insertExecution } from "../execution-store.ts";
import { getPipelineDefinition } from "../registry.ts";
import type { ExecutionDetail, PipelineTrigger, StartExecutionInput } from "../schema.ts";
import { requirePipeline } from "../store.ts";
import { getExecution } from "./get-execution.ts";

const BACKFILL_DAYS_MAX = 366 * 5;
const DAY_MS = 86_400_000;

interface Start extends StartExecutionInput {
  trigger?: Extract<PipelineTrigger, "schedule" | "new_data">;
}

/**
 * Starts a pipeline. It runs once at a time: a person who starts it again meanwhile is told so, a schedule's start
 * is counted on the running execution. Answers the execution's id, null for a start that was skipped.
 */
export async function startExecution(ctx: Ctx, pipelineId: string, start: Start): Promise<string | null> {
  const backfill = readBackfill(ctx, start);
  const id = newId();
  const pipeline = await requirePipeline(ctx, pipelineId);
  const { steps } = await getPipelineDefinition(pipeline.slug);
  const byHand = backfill ? "backfill" : ctx.actor.kind === "api-key" ? "api" : "person";
  return inWorkspace(ctx, async () => {
    const trigger = start.trigger ?? byHand;
    const stepNames = steps.map(({ name }) => name);
    const bounds = { fromAt: backfill?.fromAt ?? null, untilAt: backfill?.untilAt ?? null };
    if (!(await insertExecution(ctx, { id, pipelineId, trigger, ...bounds, stepNames }))) {
      if (start.trigger === undefined) {
        throw new AppError("conflict", `${pipeline.name} is running. Wait until it has ended, or cancel it.`);
      }
      if (start.trigger === "schedule") await countSkippedStart(ctx, pipelineId);
      return null;
    }
    await enqueueAdvance(ctx, id);
    await publish({ workspaceId: ctx.workspaceId, topic: "pipeline", id });
    return id;
  });
}

function readBackfill(ctx: Ctx, { fromAt, untilAt }: Start): { fromAt: Date; untilAt: Date } | null {
  if (!fromAt) {
    if (!untilAt) return null;
    throw refuse("/fromAt", "A backfill needs the time from which to read again.");
  }
  const until = untilAt && untilAt < ctx.now ? untilAt : ctx.now;
  if (fromAt >= until) throw refuse("/fromAt", "A backfill must begin before its end, in the past.");
  if (until.getTime() - fromAt.getTime() > BACKFILL_DAYS_MAX * DAY_MS) {
    throw refuse("/fromAt", "A backfill may span five years. Split it.");
  }
  return { fromAt, untilAt: until };
}

function refuse(pointer: string, detail: string): AppError {
  return new AppError("invalid_input", detail, { fields: [{ pointer, detail }] });
}

/** Starts it for a person or program, and answers with what was started. */
export async function startByHand(ctx: Ctx, pipelineId: string, input: StartExecutionInput): Promise<ExecutionDetail> {
  const id = await startExecution(ctx, pipelineId, input);
  if (id === null) throw new AppError("conflict", "The pipeline is running.");
  return getExecution(ctx, id);
}
