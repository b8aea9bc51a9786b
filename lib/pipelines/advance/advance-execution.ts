import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { isAppError } from "#lib/errors";
import { enqueueJob } from "#lib/jobs/enqueue";
import { publish } from "#lib/live/publish";
import { isLive, type RunState } from "#lib/runs/schema";
import { createRun } from "#lib/runs/service/create-run";
import { retryDelayMin } from "../core/retry-delay.ts";
import type { PipelineDefinition, StepMove } from "../define.ts";
import {
  addStepRun,
  lockExecution,
  updateExecution,
  updateStep,
  type ExecutionRecord,
  type StepRecord,
} from "../execution-store.ts";
import { getPipelineDefinition } from "../registry.ts";
import type { StepState } from "../schema.ts";
import { requirePipeline } from "../store.ts";
import { tellOfFailure } from "./tell-of-failure.ts";

const WAIT_MS = 2_000;
/** Steps that are through by themselves may follow one another in one go. */
const MOVES_MAX = 20;

/**
 * Takes an execution as far as it goes now: looks at the current step's runs and asks the step what is next. Called
 * after every ended run, every minute, and again after a crash: what was decided stands in the rows, so nothing
 * happens twice.
 */
export async function advanceExecution(ctx: Ctx, executionId: string): Promise<void> {
  for (let moves = 0; moves < MOVES_MAX; moves++) {
    const goesOn = await inWorkspace(ctx, () => moveOnce(ctx, executionId));
    if (!goesOn) break;
  }
  await publish({ workspaceId: ctx.workspaceId, topic: "pipeline", id: executionId });
}

async function moveOnce(ctx: Ctx, executionId: string): Promise<boolean> {
  const execution = await lockExecution(ctx, executionId);
  if (execution?.state !== "running") return false;
  const pipeline = await requirePipeline(ctx, execution.pipelineId);
  const definition = await getPipelineDefinition(pipeline.slug);
  const step = execution.steps.find(({ state }) => state === "waiting" || state === "running");
  if (!step) {
    await updateExecution(ctx, executionId, { state: "succeeded", finishedAt: ctx.now });
    return false;
  }
  if (step.retryAt !== null && step.retryAt > ctx.now) return false;
  if (step.state === "waiting" || step.retryAt !== null) {
    const attempt = step.attempt + 1;
    await updateStep(ctx, step, { state: "running", attempt, retryAt: null, startedAt: step.startedAt ?? ctx.now });
    return true;
  }
  const runs = step.runs.filter(({ attempt }) => attempt === step.attempt);
  if (runs.some(({ run }) => isLive(run.state as RunState))) return false;
  const bad = runs.find(({ run }) => run.state !== "succeeded");
  if (bad) return settleFailure(ctx, { execution, pipelineName: pipeline.name, step, run: bad.run });
  const settings = definition.settings.safeParse(pipeline.settings);
  const move: StepMove = settings.success
    ? await askStep(ctx, { execution, step, definition, settings: settings.data }).catch(toFailure)
    : { move: "fail", detail: `The settings are not valid: ${settings.error.issues[0]?.message ?? ""}. Change them.` };
  return obey(ctx, { execution, pipelineName: pipeline.name, step, move });
}

/** The sentence of a refusal; anything unexpected goes to the job, which is tried again. */
function refusalOf(error: unknown): string {
  if (isAppError(error)) return error.message;
  throw error;
}

const toFailure = (error: unknown): StepMove => ({ move: "fail", detail: refusalOf(error) });

interface Asked {
  execution: ExecutionRecord;
  step: StepRecord;
  definition: PipelineDefinition;
  settings: unknown;
}

function askStep(ctx: Ctx, { execution, step, definition, settings }: Asked): Promise<StepMove> {
  // By name: a later version may have a step more.
  const asked = definition.steps.find(({ name }) => name === step.name);
  if (!asked) return Promise.resolve({ move: "skip", note: "This version of Fieldport has no such step." });
  const { id, startedAt, fromAt, untilAt } = execution;
  const runs = step.runs.filter(({ attempt }) => attempt === step.attempt);
  return asked.next({
    ctx,
    pipelineId: execution.pipelineId,
    settings,
    execution: { id, startedAt, backfill: fromAt && untilAt ? { fromAt, untilAt } : null },
    attempt: step.attempt,
    runs: runs.map(({ runId, run }) => ({ id: runId, algorithm: run.algorithm, state: run.state as RunState })),
  });
}

interface Moved {
  execution: ExecutionRecord;
  pipelineName: string;
  step: StepRecord;
  move: StepMove;
}

async function obey(ctx: Ctx, moved: Moved): Promise<boolean> {
  const { execution, step, move } = moved;
  switch (move.move) {
    case "start": {
      const run = await createRun(ctx, { ...move.request, trigger: "pipeline" }).catch(refusalOf);
      if (typeof run === "string") return failExecution(ctx, moved, run);
      await addStepRun(ctx, step, run.id);
      return !isLive(run.state);
    }
    case "follow":
      await addStepRun(ctx, step, move.runId);
      return true;
    case "wait":
      await updateStep(ctx, step, { note: move.note });
      await enqueueAdvance(ctx, execution.id, { key: "wait", runAt: new Date(Date.now() + WAIT_MS) });
      return false;
    case "done":
      await finishStep(ctx, step, "succeeded", move.note);
      return true;
    case "skip":
      await finishStep(ctx, step, "skipped", move.note);
      return true;
    case "fail":
      return failExecution(ctx, moved, move.detail);
  }
}

const finishStep = (ctx: Ctx, step: StepRecord, state: StepState, note: string) =>
  updateStep(ctx, step, { state, note, finishedAt: ctx.now, errorDetail: null });

interface Failed {
  execution: ExecutionRecord;
  pipelineName: string;
  step: StepRecord;
  run: StepRecord["runs"][number]["run"];
}

/** A passing failure is tried again later; anything else ends the execution until a person has looked. */
async function settleFailure(ctx: Ctx, failed: Failed): Promise<boolean> {
  const { execution, step, run } = failed;
  const detail = run.errorDetail ?? run.state.replace("_", " ");
  if (run.state === "cancelled") {
    await finishStep(ctx, step, "cancelled", "Cancelled.");
    await updateExecution(ctx, execution.id, { state: "cancelled", finishedAt: ctx.now });
    return false;
  }
  const delayMin = retryDelayMin(run.state === "failed" ? run.errorCode : run.state, step.attempt);
  if (delayMin === null) return failExecution(ctx, failed, detail);
  const retryAt = new Date(ctx.now.getTime() + delayMin * 60_000);
  await updateStep(ctx, step, { retryAt, errorDetail: detail, note: "" });
  await enqueueAdvance(ctx, execution.id, { key: `try-${step.attempt}`, runAt: retryAt });
  return false;
}

async function failExecution(
  ctx: Ctx,
  { execution, pipelineName, step }: Omit<Failed, "run">,
  detail: string,
): Promise<boolean> {
  await updateStep(ctx, step, { state: "failed", finishedAt: ctx.now, errorDetail: detail, note: "" });
  await updateExecution(ctx, execution.id, { state: "failed", finishedAt: ctx.now });
  await tellOfFailure(ctx, { execution, pipelineName, detail });
  return false;
}

interface Later {
  /** A waiting job of this key is kept: one look ahead, however often it is asked for. */
  key: string;
  runAt: Date;
}

/** Has an execution looked at soon, or later. */
export async function enqueueAdvance(ctx: Pick<Ctx, "workspaceId">, executionId: string, later?: Later): Promise<void> {
  await enqueueJob(ctx, {
    name: "advance-pipeline",
    payload: { workspaceId: ctx.workspaceId, executionId },
    key: `advance:${executionId}${later ? `:${later.key}` : ""}`,
    ...(later ? { runAt: later.runAt } : {}),
  });
}
