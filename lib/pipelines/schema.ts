import { z } from "zod";
import { pageQuery } from "#lib/http/pagination";
import { runState } from "#lib/runs/schema";

const instant = z.coerce.date().transform((date) => date.toISOString());
const count = z.number().int().nonnegative();

export const EXECUTION_STATES = ["running", "succeeded", "failed", "cancelled"] as const;
export type ExecutionState = (typeof EXECUTION_STATES)[number];
export const STEP_STATES = ["waiting", "running", "succeeded", "skipped", "failed", "cancelled"] as const;
export type StepState = (typeof STEP_STATES)[number];
export const PIPELINE_TRIGGERS = ["schedule", "new_data", "person", "api", "backfill"] as const;
export type PipelineTrigger = (typeof PIPELINE_TRIGGERS)[number];

export const executionStep = z.object({
  ordinal: count,
  name: z.string(),
  title: z.string(),
  state: z.enum(STEP_STATES),
  attempt: count.meta({ description: "Tries so far" }),
  retryAt: instant.nullable().meta({ description: "When it is tried again by itself" }),
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  note: z.string(),
  errorDetail: z.string().nullable(),
  runs: z.array(
    z.object({
      id: z.uuid(),
      attempt: count,
      title: z.string(),
      state: runState,
      datasetId: z.uuid().nullable(),
    }),
  ),
});
export type ExecutionStep = z.output<typeof executionStep>;

export const executionSummary = z.object({
  id: z.uuid(),
  no: count.meta({ description: "Counts within the pipeline" }),
  trigger: z.enum(PIPELINE_TRIGGERS),
  startedBy: z.string(),
  state: z.enum(EXECUTION_STATES),
  fromAt: instant.nullable(),
  untilAt: instant.nullable(),
  startedAt: instant,
  finishedAt: instant.nullable(),
  skippedStarts: count.meta({ description: "Starts asked for while it was running, which did not happen" }),
});
export type ExecutionSummary = z.output<typeof executionSummary>;

export const executionDetail = executionSummary.extend({ pipelineId: z.uuid(), steps: z.array(executionStep) });
export type ExecutionDetail = z.output<typeof executionDetail>;

export const pipelineSummary = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  source: z.string().meta({ description: "Where its data come from, a sentence" }),
  cron: z.string().nullable().meta({ description: "Five fields in the zone of the workspace" }),
  runsOnNewData: z.boolean(),
  isEnabled: z.boolean(),
  nextAt: instant.nullable(),
  last: executionSummary.nullable(),
});
export type PipelineSummary = z.output<typeof pipelineSummary>;

export const pipelineDetail = pipelineSummary.extend({
  settings: z.record(z.string(), z.unknown()),
  hasSecret: z.boolean(),
  createdBy: z.string(),
  createdAt: instant,
});
export type PipelineDetail = z.output<typeof pipelineDetail>;

const name = z.string().trim().min(1, "Give it a name.").max(80);
const cron = z.string().trim().max(100).nullable();
const secret = z.string().max(4_000).meta({ description: "Key of the source; stored encrypted, never given out" });

export const createPipelineInput = z.object({
  slug: z.string().default("sensor-network"),
  name,
  settings: z.record(z.string(), z.unknown()),
  secret: secret.optional(),
  cron: cron.default(null),
  runsOnNewData: z.boolean().default(false),
});
export type CreatePipelineInput = z.output<typeof createPipelineInput>;

export const changePipelineInput = z
  .object({
    name,
    settings: z.record(z.string(), z.unknown()),
    secret: secret.nullable().meta({ description: "null removes it" }),
    cron,
    runsOnNewData: z.boolean(),
    isEnabled: z.boolean(),
  })
  .partial();
export type ChangePipelineInput = z.output<typeof changePipelineInput>;

export const startExecutionInput = z
  .object({
    fromAt: z.coerce.date().optional().meta({ description: "Backfill: read again from here" }),
    untilAt: z.coerce.date().optional().meta({ description: "Backfill: up to here; now, when left out" }),
  })
  .default({});
export type StartExecutionInput = z.output<typeof startExecutionInput>;

export const executionsQuery = pageQuery;
