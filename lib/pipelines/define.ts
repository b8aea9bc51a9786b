import type { z } from "zod";
import type { Ctx } from "#lib/auth/context";
import type { RunRequest } from "#lib/runs/service/create-run";
import type { RunState } from "#lib/runs/schema";

/** A run that a step started or joined, oldest first, of the present attempt. */
export interface StepRun {
  id: string;
  algorithm: string;
  state: RunState;
}

export interface StepScope<Settings = unknown> {
  ctx: Ctx;
  pipelineId: string;
  settings: Settings;
  execution: {
    id: string;
    startedAt: Date;
    /** A backfill reads this time again; null otherwise. */
    backfill: { fromAt: Date; untilAt: Date } | null;
  };
  attempt: number;
  /** All of them have succeeded: a failed one ends the attempt, a live one is waited for. */
  runs: readonly StepRun[];
}

/** What a step does next. It is asked again after every run of its own, and after `wait`. */
export type StepMove =
  | { move: "start"; request: Omit<RunRequest, "trigger"> }
  /** Waits for a run that something else has started. */
  | { move: "follow"; runId: string }
  | { move: "wait"; note: string }
  | { move: "done"; note: string }
  | { move: "skip"; note: string }
  | { move: "fail"; detail: string };

/**
 * One step: asked what to do, it answers with the next run until it is done. `next` must be idempotent, for it is
 * asked again after a crash; what it did before stands in `runs`.
 */
export interface PipelineStepDefinition<Settings = unknown> {
  name: string;
  title: string;
  next: (scope: StepScope<Settings>) => Promise<StepMove>;
}

/** A kind of pipeline, declared once; workspaces make pipelines of it with their own settings and schedule. */
export interface PipelineDefinition<Settings extends z.ZodType = z.ZodType> {
  slug: string;
  title: string;
  summary: string;
  settings: Settings;
  steps: readonly PipelineStepDefinition<z.output<Settings>>[];
  /** One sentence: where its data come from. */
  describe: (settings: z.output<Settings>) => string;
}

export function definePipeline<S extends z.ZodType>(definition: PipelineDefinition<S>): PipelineDefinition<S> {
  return definition;
}
