import { z } from "zod";
import { pageQuery } from "#lib/http/pagination";

export const RUN_STATES = [
  "queued",
  "starting",
  "running",
  "succeeded",
  "failed",
  "timed_out",
  "cancelled",
  "lost",
] as const;
export const runState = z.enum(RUN_STATES);
export type RunState = z.infer<typeof runState>;

export const LIVE_STATES = ["queued", "starting", "running"] as const satisfies readonly RunState[];

export function isLive(state: RunState): boolean {
  return state === "queued" || state === "starting" || state === "running";
}

const instant = z.coerce.date().transform((date) => date.toISOString());

/** A worker writes the last log lines just after the final state; from then on nothing changes any more. */
const SETTLE_MS = 3_000;

/** True once the run has ended and its log is complete. */
export function isSettled(
  run: { state: RunState; finishedAt: string | null; steps: readonly { finishedAt: string | null }[] },
  nowMs: number,
): boolean {
  if (isLive(run.state)) return false;
  if (run.steps.every((step) => step.finishedAt !== null)) return true;
  return run.finishedAt === null || nowMs - Date.parse(run.finishedAt) > SETTLE_MS;
}

/** How the answer to "run this" came about: the badge on the run page. */
export const runOrigin = z.enum(["new", "joined", "stored"]);
export type RunOrigin = z.infer<typeof runOrigin>;

export const runSummary = z.object({
  id: z.uuid(),
  algorithm: z.string(),
  version: z.number().int(),
  title: z.string(),
  state: runState,
  progressFraction: z.number().min(0).max(1),
  step: z.string(),
  trigger: z.string(),
  startedBy: z.string(),
  queuedAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  errorCode: z.string().nullable(),
  errorDetail: z.string().nullable(),
  datasetId: z.uuid().nullable(),
});
export type RunSummary = z.output<typeof runSummary>;

export const runArtifact = z.object({
  artifactId: z.uuid(),
  name: z.string(),
  direction: z.enum(["input", "output"]),
  sha256: z.string(),
  sizeBytes: z.coerce.number(),
  mediaType: z.string(),
  uploadId: z.uuid().nullable(),
  /** The dataset whose table this is. */
  datasetId: z.uuid().nullable(),
});

export const runStep = z.object({
  name: z.string(),
  startedAt: instant,
  finishedAt: instant.nullable(),
});

export const runDetail = runSummary.extend({
  params: z.record(z.string(), z.unknown()),
  inputs: z.record(z.string(), z.unknown()),
  runKey: z.string(),
  seed: z.string(),
  attempt: z.number().int(),
  workerId: z.string().nullable(),
  timeoutS: z.number().int(),
  memoryMb: z.number().int(),
  peakMemoryBytes: z.coerce.number().nullable(),
  /** Highest resident size within each step, MB; null before the first measurement. */
  memorySeries: z.object({ stepS: z.number(), peaksMb: z.array(z.number().nullable()) }).nullable(),
  cancelRequested: z.boolean(),
  rerunOfId: z.uuid().nullable(),
  hits: z.number().int(),
  steps: z.array(runStep),
  artifacts: z.array(runArtifact),
  /** Steps of earlier successful runs of this algorithm with their median length, seconds. */
  expectedSteps: z.array(z.object({ name: z.string(), durationS: z.number() })),
  /** Place in the queue while queued, 1 = next. */
  queuePosition: z.number().int().nullable(),
  /** Seconds until a queued run is likely to start; null when nothing is known of the runs before it. */
  expectedStartS: z.number().nullable(),
  /** Median of the last successful runs of this algorithm, seconds. */
  expectedDurationS: z.number().nullable(),
});
export type RunDetail = z.output<typeof runDetail>;

export const createRunInput = z.object({
  algorithm: z.string().min(1).max(100),
  params: z.record(z.string(), z.unknown()).default({}),
  inputs: z.record(z.string(), z.unknown()).default({}),
  /** Compute again even when the same run has a stored result. */
  recompute: z.boolean().default(false),
});
export type CreateRunInput = z.output<typeof createRunInput>;

export const createdRun = z.object({ id: z.uuid(), state: runState, cached: z.boolean(), origin: runOrigin });
export type CreatedRun = z.output<typeof createdRun>;

export const listRunsQuery = pageQuery.extend({
  state: runState.or(z.literal("live")).optional(),
  algorithm: z.string().optional(),
});

export const logLine = z.object({
  seq: z.coerce.number().int(),
  at: instant,
  level: z.enum(["info", "warn", "error"]),
  text: z.string(),
});
export type LogLine = z.output<typeof logLine>;

export const logQuery = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(5000).default(1000),
});
