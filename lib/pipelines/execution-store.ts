import type { Ctx } from "#lib/auth/context";
import { inWorkspace, systemDb } from "#lib/db/client";
import type { Prisma } from "#lib/db/generated/client";
import { decodeCursor, toPage, type Page } from "#lib/http/pagination";
import type { ExecutionState, ExecutionSummary, PipelineTrigger, StepState } from "./schema.ts";

export interface NewExecution {
  id: string;
  pipelineId: string;
  trigger: PipelineTrigger;
  fromAt: Date | null;
  untilAt: Date | null;
  stepNames: readonly string[];
}

/** Starts an execution, or answers false when one is running. */
export function insertExecution(ctx: Ctx, { stepNames, ...execution }: NewExecution): Promise<boolean> {
  return inWorkspace(ctx, async (tx) => {
    const { pipelineId } = execution;
    // One start after the other: the number and the look for a running one must not race.
    await tx.$queryRaw`select 1 from pipelines where id = ${pipelineId}::uuid for update`;
    const [newest] = await tx.pipelineExecution.findMany({ where: { pipelineId }, orderBy: { no: "desc" }, take: 1 });
    if (newest?.state === "running") return false;
    const { workspaceId } = ctx;
    const data = { ...execution, workspaceId, no: (newest?.no ?? 0) + 1, startedAt: ctx.now };
    await tx.pipelineExecution.create({ data: { ...data, startedByLabel: ctx.actor.label } });
    await tx.pipelineStep.createMany({
      data: stepNames.map((name, ordinal) => ({ executionId: execution.id, ordinal, workspaceId, name })),
    });
    return true;
  });
}

export async function countSkippedStart(ctx: Ctx, pipelineId: string): Promise<void> {
  const where = { pipelineId, workspaceId: ctx.workspaceId, state: "running" };
  await inWorkspace(ctx, (tx) => tx.pipelineExecution.updateMany({ where, data: { skippedStarts: { increment: 1 } } }));
}

const withSteps = {
  steps: {
    orderBy: { ordinal: "asc" },
    include: {
      runs: {
        orderBy: { seq: "asc" },
        include: {
          run: {
            select: {
              algorithm: true,
              title: true,
              state: true,
              errorCode: true,
              errorDetail: true,
              dataset: { select: { id: true } },
            },
          },
        },
      },
    },
  },
} satisfies Prisma.PipelineExecutionInclude;

export type ExecutionRecord = Prisma.PipelineExecutionGetPayload<{ include: typeof withSteps }>;
export type StepRecord = ExecutionRecord["steps"][number];

export function findExecution(ctx: Ctx, executionId: string): Promise<ExecutionRecord | null> {
  const where = { id: executionId, workspaceId: ctx.workspaceId };
  return inWorkspace(ctx, (tx) => tx.pipelineExecution.findFirst({ where, include: withSteps }));
}

/** Reads an execution for a change; others who want to change it wait until this transaction ends. */
export function lockExecution(ctx: Ctx, executionId: string): Promise<ExecutionRecord | null> {
  return inWorkspace(ctx, async (tx) => {
    await tx.$queryRaw`select 1 from pipeline_executions where id = ${executionId}::uuid for update`;
    return findExecution(ctx, executionId);
  });
}

export function findLiveExecution(ctx: Ctx, pipelineId: string): Promise<{ id: string; no: number } | null> {
  const where = { pipelineId, workspaceId: ctx.workspaceId, state: "running" };
  return inWorkspace(ctx, (tx) => tx.pipelineExecution.findFirst({ where, select: { id: true, no: true } }));
}

export function toExecutionSummary(row: Omit<ExecutionRecord, "steps">): ExecutionSummary {
  const iso = (date: Date | null) => date?.toISOString() ?? null;
  return {
    id: row.id,
    no: row.no,
    trigger: row.trigger as PipelineTrigger,
    startedBy: row.startedByLabel,
    state: row.state as ExecutionState,
    fromAt: iso(row.fromAt),
    untilAt: iso(row.untilAt),
    startedAt: row.startedAt.toISOString(),
    finishedAt: iso(row.finishedAt),
    skippedStarts: row.skippedStarts,
  };
}

/** Executions of a pipeline, newest first. */
export function listExecutions(
  ctx: Ctx,
  pipelineId: string,
  query: { cursor?: string | undefined; limit: number },
): Promise<Page<ExecutionSummary>> {
  const before = query.cursor ? Number(decodeCursor(query.cursor, 1)[0]) : undefined;
  return inWorkspace(ctx, async (tx) => {
    const rows = await tx.pipelineExecution.findMany({
      where: { pipelineId, workspaceId: ctx.workspaceId, ...(before ? { no: { lt: before } } : {}) },
      orderBy: { no: "desc" },
      take: query.limit + 1,
    });
    return toPage(rows.map(toExecutionSummary), query.limit, (row) => [String(row.no)]);
  });
}

export async function findExecutionByNo(ctx: Ctx, pipelineId: string, no: number): Promise<string | undefined> {
  const where = { pipelineId, no, workspaceId: ctx.workspaceId };
  const row = await inWorkspace(ctx, (tx) => tx.pipelineExecution.findFirst({ where, select: { id: true } }));
  return row?.id;
}

/** The newest execution of each pipeline. */
export async function listNewestExecutions(ctx: Ctx): Promise<Map<string, ExecutionSummary>> {
  const where = { workspaceId: ctx.workspaceId };
  const rows = await inWorkspace(ctx, (tx) =>
    tx.pipelineExecution.findMany({
      where,
      orderBy: [{ pipelineId: "asc" }, { no: "desc" }],
      distinct: ["pipelineId"],
    }),
  );
  return new Map(rows.map((row) => [row.pipelineId, toExecutionSummary(row)]));
}

export interface StepChange {
  state?: StepState;
  attempt?: number;
  retryAt?: Date | null;
  startedAt?: Date;
  finishedAt?: Date | null;
  note?: string;
  errorDetail?: string | null;
}

export async function updateStep(
  ctx: Ctx,
  { executionId, ordinal }: Pick<StepRecord, "executionId" | "ordinal">,
  change: StepChange,
): Promise<void> {
  const where = { executionId, ordinal, workspaceId: ctx.workspaceId };
  await inWorkspace(ctx, (tx) => tx.pipelineStep.updateMany({ where, data: change }));
}

export async function addStepRun(ctx: Ctx, step: StepRecord, runId: string): Promise<void> {
  const { executionId, ordinal, attempt } = step;
  const seq = (step.runs.at(-1)?.seq ?? -1) + 1;
  const data = { executionId, ordinal, seq, workspaceId: ctx.workspaceId, attempt, runId };
  await inWorkspace(ctx, (tx) => tx.pipelineStepRun.create({ data }));
}

export async function updateExecution(
  ctx: Ctx,
  executionId: string,
  change: { state: ExecutionState; finishedAt: Date | null },
): Promise<void> {
  const where = { id: executionId, workspaceId: ctx.workspaceId };
  await inWorkspace(ctx, (tx) => tx.pipelineExecution.updateMany({ where, data: change }));
}

/** Executions that wait for this run. */
export async function listExecutionsOfRun(ctx: Ctx, runId: string): Promise<string[]> {
  const rows = await inWorkspace(ctx, (tx) =>
    tx.pipelineStepRun.findMany({
      where: { runId, workspaceId: ctx.workspaceId, step: { state: "running" } },
      select: { executionId: true },
    }),
  );
  return [...new Set(rows.map(({ executionId }) => executionId))];
}

/** Every running execution, of all workspaces: what a lost message left behind goes on. */
export function listRunningExecutions(): Promise<{ id: string; workspaceId: string }[]> {
  return systemDb().pipelineExecution.findMany({
    where: { state: "running" },
    orderBy: { startedAt: "asc" },
    take: 1_000,
    select: { id: true, workspaceId: true },
  });
}

/** Ended executions beyond the newest `keep` of each pipeline. */
export async function deleteOldExecutions(keep: number): Promise<number> {
  return systemDb().$executeRaw`
    delete from pipeline_executions e using pipeline_executions newest
    where newest.pipeline_id = e.pipeline_id and newest.no = (select max(no) from pipeline_executions m where m.pipeline_id = e.pipeline_id)
      and e.no <= newest.no - ${keep}::int and e.state <> 'running'`;
}
