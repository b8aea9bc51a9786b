import type { Ctx } from "#lib/auth/context";
import { inWorkspace, systemDb } from "#lib/db/client";
import { type Prisma } from "#lib/db/generated/client";
import { env } from "#lib/env";
import { decodeCursor, toPage, type Page } from "#lib/http/pagination";
import { LIVE_STATES, type LogLine, type RunDetail, type RunState, type RunSummary } from "./schema.ts";

export interface NewRun {
  id: string;
  algorithm: string;
  version: number;
  title: string;
  params: Record<string, unknown>;
  inputs: Record<string, unknown>;
  runKey: string;
  seed: string;
  trigger: string;
  startedByLabel: string;
  startedByUserId: string | null;
  rerunOfId: string | null;
  timeoutS: number;
  memoryMb: number;
  limitKeys: string[];
}

const json = (value: Record<string, unknown>) => value as Prisma.InputJsonObject;

const summarySelect = {
  id: true,
  algorithm: true,
  version: true,
  title: true,
  state: true,
  progressFraction: true,
  step: true,
  trigger: true,
  startedByLabel: true,
  queuedAt: true,
  startedAt: true,
  finishedAt: true,
  errorCode: true,
  errorDetail: true,
  dataset: { select: { id: true } },
} satisfies Prisma.RunSelect;

type SummaryRow = Prisma.RunGetPayload<{ select: typeof summarySelect }>;

const iso = (date: Date | null) => date?.toISOString() ?? null;

function toSummary({ dataset, startedByLabel, state, ...row }: SummaryRow): RunSummary {
  return {
    ...row,
    state: state as RunState,
    startedBy: startedByLabel,
    datasetId: dataset?.id ?? null,
    queuedAt: row.queuedAt.toISOString(),
    startedAt: iso(row.startedAt),
    finishedAt: iso(row.finishedAt),
  };
}

/** Inserts the run, or returns null when a live or successful one with the same key exists. */
export function insertRun(ctx: Ctx, run: NewRun): Promise<boolean> {
  return inWorkspace(ctx, async (tx) => {
    const data = { ...run, params: json(run.params), inputs: json(run.inputs) };
    const inserted = await tx.run.createMany({
      data: [{ ...data, workspaceId: ctx.workspaceId, state: "queued", queuedAt: ctx.now }],
      skipDuplicates: true,
    });
    return inserted.count === 1;
  });
}

/** The live or successful run with this key, counting the hit when its result is stored. */
export function findRunByKey(ctx: Ctx, runKey: string): Promise<{ id: string; state: RunState } | null> {
  return inWorkspace(ctx, async (tx) => {
    const rows = await tx.$queryRaw<{ id: string; state: RunState }[]>`
      update runs set hits = hits + case when state = 'succeeded' then 1 else 0 end
      where workspace_id = ${ctx.workspaceId}::uuid and run_key = ${runKey}
        and state in ('queued', 'starting', 'running', 'succeeded')
      returning id, state`;
    return rows[0] ?? null;
  });
}

export async function linkInputArtifacts(
  ctx: Ctx,
  runId: string,
  artifacts: { artifactId: string; name: string }[],
): Promise<void> {
  if (artifacts.length === 0) return;
  await inWorkspace(ctx, (tx) =>
    tx.runArtifact.createMany({
      data: artifacts.map((artifact) => ({ ...artifact, runId, workspaceId: ctx.workspaceId, direction: "input" })),
      skipDuplicates: true,
    }),
  );
}

/** Finished runs of these algorithms, the newest first. */
export function listRunChoices(
  { workspaceId }: Pick<Ctx, "workspaceId">,
  { kinds, limit }: { kinds: string[]; limit: number },
): Promise<{ id: string; title: string; queuedAt: Date }[]> {
  return inWorkspace({ workspaceId }, (tx) =>
    tx.run.findMany({
      where: { workspaceId, algorithm: { in: kinds }, state: "succeeded" },
      select: { id: true, title: true, queuedAt: true },
      orderBy: { id: "desc" },
      take: limit,
    }),
  );
}

export function listRuns(
  ctx: Ctx,
  query: {
    cursor?: string | undefined;
    limit: number;
    state?: RunState | "live" | undefined;
    algorithm?: string | undefined;
  },
): Promise<Page<RunSummary>> {
  const before = query.cursor ? decodeCursor(query.cursor, 1)[0] : undefined;
  const state = query.state === "live" ? { in: [...LIVE_STATES] } : query.state;
  return inWorkspace(ctx, async (tx) => {
    const rows = await tx.run.findMany({
      where: {
        workspaceId: ctx.workspaceId,
        ...(before ? { id: { lt: before } } : {}),
        ...(state ? { state } : {}),
        ...(query.algorithm ? { algorithm: query.algorithm } : {}),
      },
      orderBy: { id: "desc" },
      take: query.limit + 1,
      select: summarySelect,
    });
    return toPage(rows.map(toSummary), query.limit, (run) => [run.id]);
  });
}

export async function findRun(ctx: Ctx, runId: string): Promise<RunDetail | null> {
  const run = await findRunRow(ctx, runId);
  return run && { ...run, ...(run.state === "queued" ? await readPlaceInQueue(run.queuedAt) : {}) };
}

function findRunRow(ctx: Ctx, runId: string): Promise<RunDetail | null> {
  return inWorkspace(ctx, async (tx) => {
    const row = await tx.run.findFirst({
      where: { id: runId, workspaceId: ctx.workspaceId },
      select: {
        ...summarySelect,
        params: true,
        inputs: true,
        runKey: true,
        seed: true,
        attempt: true,
        workerId: true,
        timeoutS: true,
        memoryMb: true,
        peakMemoryBytes: true,
        memorySeries: true,
        cancelRequestedAt: true,
        rerunOfId: true,
        hits: true,
        steps: { orderBy: [{ attempt: "asc" }, { ordinal: "asc" }] },
        artifacts: { include: { artifact: { include: artifactOrigin } } },
      },
    });
    if (!row) return null;
    const { params, inputs, steps, artifacts, cancelRequestedAt, peakMemoryBytes, memorySeries, ...rest } = row;
    return {
      ...toSummary(rest),
      ...pickDetail(rest),
      params: params as Record<string, unknown>,
      inputs: inputs as Record<string, unknown>,
      cancelRequested: cancelRequestedAt !== null,
      peakMemoryBytes: peakMemoryBytes === null ? null : Number(peakMemoryBytes),
      memorySeries: memorySeries as RunDetail["memorySeries"],
      steps: steps
        .filter((step) => step.attempt === rest.attempt)
        .map((step) => ({
          name: step.name,
          startedAt: step.startedAt.toISOString(),
          finishedAt: iso(step.finishedAt),
        })),
      artifacts: artifacts.map(({ artifact, name, direction }) => ({
        artifactId: artifact.id,
        name,
        direction: direction === "input" ? "input" : "output",
        sha256: artifact.sha256,
        sizeBytes: Number(artifact.sizeBytes),
        mediaType: artifact.mediaType,
        uploadId: artifact.uploads[0]?.id ?? null,
        datasetId: artifact.datasetTables[0]?.id ?? null,
      })),
      queuePosition: null,
      expectedStartS: null,
      ...(await readExpectations(tx, row.algorithm)),
    };
  });
}

type DetailRow = Pick<
  RunDetail,
  "runKey" | "seed" | "attempt" | "workerId" | "timeoutS" | "memoryMb" | "rerunOfId" | "hits"
>;

function pickDetail({ runKey, seed, attempt, workerId, timeoutS, memoryMb, rerunOfId, hits }: DetailRow): DetailRow {
  return { runKey, seed, attempt, workerId, timeoutS, memoryMb, rerunOfId, hits };
}

const artifactOrigin = {
  uploads: { select: { id: true }, take: 1 },
  datasetTables: { select: { id: true }, take: 1 },
} satisfies Prisma.ArtifactInclude;

/** What the last 20 successful runs of an algorithm let expect. */
async function readExpectations(
  tx: Prisma.TransactionClient,
  algorithm: string,
): Promise<Pick<RunDetail, "expectedDurationS" | "expectedSteps">> {
  const rows = await tx.$queryRaw<{ name: string | null; durationS: number | null }[]>`
    with recent as (
      select id, attempt, started_at, finished_at from runs
      where algorithm = ${algorithm} and state = 'succeeded' order by finished_at desc limit 20)
    select null as name, percentile_cont(0.5) within group (order by extract(epoch from finished_at - started_at)) as "durationS",
      -1::float8 as place from recent
    union all
    select s.name, percentile_cont(0.5) within group (order by extract(epoch from s.finished_at - s.started_at)),
      avg(s.ordinal)::float8 from run_steps s join recent r on r.id = s.run_id and r.attempt = s.attempt
    where s.finished_at is not null group by s.name order by place`;
  return {
    expectedDurationS: rows.find((row) => row.name === null)?.durationS ?? null,
    expectedSteps: rows.flatMap(({ name, durationS }) =>
      name === null || durationS === null ? [] : [{ name, durationS }],
    ),
  };
}

/**
 * The queue is one for all workspaces, so this counts runs nobody here may see: numbers only. The start is
 * expected when the usual lengths of what runs and waits before it are over, shared between the workers.
 */
async function readPlaceInQueue(queuedAt: string): Promise<Pick<RunDetail, "queuePosition" | "expectedStartS">> {
  const [found] = await systemDb().$queryRaw<
    { ahead: number; isKnown: boolean; aheadS: number | null; workers: number }[]
  >`
    with usual as (
      select algorithm, percentile_cont(0.5) within group (order by extract(epoch from finished_at - started_at)) as s
      from runs where state = 'succeeded' and finished_at > now() - interval '30 days' group by algorithm),
    before as (
      select r.state, case when r.state = 'queued' then u.s
        else greatest(0, u.s - extract(epoch from now() - r.started_at)) end as s
      from runs r left join usual u using (algorithm)
      where r.state in ('starting', 'running') or (r.state = 'queued' and r.queued_at < ${queuedAt}::timestamptz))
    select count(*) filter (where state = 'queued')::int as ahead, coalesce(bool_and(s is not null), true) as "isKnown",
      sum(s)::float8 as "aheadS",
      (select count(*)::int from workers where last_seen_at > now() - interval '20 seconds') as workers
    from before`;
  if (!found) return { queuePosition: null, expectedStartS: null };
  const slots = found.workers * env().FIELDPORT_WORKER_CONCURRENCY;
  const isKnown = found.isKnown && slots > 0;
  return { queuePosition: found.ahead + 1, expectedStartS: isKnown ? (found.aheadS ?? 0) / slots : null };
}

export function findRunResult(
  ctx: Ctx,
  runId: string,
): Promise<{
  algorithm: string;
  version: number;
  state: RunState;
  params: unknown;
  result: unknown;
  errorDetail: string | null;
} | null> {
  return inWorkspace(ctx, async (tx) => {
    const row = await tx.run.findFirst({
      where: { id: runId, workspaceId: ctx.workspaceId },
      select: { algorithm: true, version: true, state: true, params: true, result: true, errorDetail: true },
    });
    return row && { ...row, state: row.state as RunState };
  });
}

export function listRunLog(ctx: Ctx, runId: string, page: { after: number; limit: number }): Promise<LogLine[]> {
  return inWorkspace(ctx, async (tx) => {
    const rows = await tx.runLog.findMany({
      where: { workspaceId: ctx.workspaceId, runId, seq: { gt: page.after } },
      orderBy: { seq: "asc" },
      take: page.limit,
      select: { seq: true, at: true, level: true, text: true },
    });
    return rows.map((row) => ({
      seq: Number(row.seq),
      at: row.at.toISOString(),
      level: row.level === "warn" || row.level === "error" ? row.level : "info",
      text: row.text,
    }));
  });
}

/** Ends a waiting run at once, or asks the worker that has it; returns the state before, null when unknown. */
export function requestCancel(ctx: Ctx, runId: string): Promise<RunState | null> {
  return inWorkspace(ctx, async (tx) => {
    const waitingRun = await tx.run.updateMany({
      where: { id: runId, workspaceId: ctx.workspaceId, state: "queued" },
      data: { state: "cancelled", cancelRequestedAt: ctx.now, finishedAt: ctx.now },
    });
    if (waitingRun.count === 1) return "queued";
    await tx.run.updateMany({
      where: { id: runId, workspaceId: ctx.workspaceId, state: { in: ["starting", "running"] } },
      data: { cancelRequestedAt: ctx.now },
    });
    const row = await tx.run.findFirst({ where: { id: runId, workspaceId: ctx.workspaceId }, select: { state: true } });
    return (row?.state as RunState | undefined) ?? null;
  });
}

export async function countLiveRuns(ctx: Ctx): Promise<number> {
  return inWorkspace(ctx, (tx) =>
    tx.run.count({ where: { workspaceId: ctx.workspaceId, state: { in: [...LIVE_STATES] } } }),
  );
}

/** The person to tell about a run; null when a machine started it. */
export async function findRunStarter(ctx: Ctx, runId: string): Promise<string | null> {
  const row = await inWorkspace(ctx, (tx) =>
    tx.run.findFirst({ where: { id: runId, workspaceId: ctx.workspaceId }, select: { startedByUserId: true } }),
  );
  return row?.startedByUserId ?? null;
}
