import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { decodeCursor, toPage, type Page } from "#lib/http/pagination";
import type { RunState } from "#lib/runs/schema";
import { appManifest, timeoutSOf } from "./core/manifest.ts";
import type { AppExecution, AppRunSummary } from "./schema.ts";

export interface AppFigures {
  appId: string;
  succeeded: number;
  failed: number;
  machineS: number;
  /** Of the runs whose price is known; null when none is. */
  costUsd: number | null;
  /** Of those that succeeded. */
  meanDurationS: number | null;
  lastRunAt: Date | null;
}

/** How the runs of each app went in the last 30 days. */
export function readAppFigures(ctx: Ctx): Promise<AppFigures[]> {
  return inWorkspace(
    ctx,
    (tx) => tx.$queryRaw<AppFigures[]>`
      select r.inputs->>'appId' as "appId",
        count(*) filter (where r.state = 'succeeded')::int as succeeded,
        count(*) filter (where r.state in ('failed', 'timed_out', 'lost'))::int as failed,
        coalesce(sum(e.machine_s), 0)::float8 as "machineS", sum(e.cost_usd)::float8 as "costUsd",
        (avg(e.duration_s) filter (where r.state = 'succeeded'))::float8 as "meanDurationS", max(r.queued_at) as "lastRunAt"
      from runs r left join app_executions e on e.run_id = r.id
      where r.workspace_id = ${ctx.workspaceId}::uuid and r.algorithm = 'run-app'
        and r.queued_at > now() - interval '30 days'
      group by 1`,
  );
}

type RunRowMapped = "queuedAt" | "startedAt" | "finishedAt" | "state" | "peakMemoryBytes" | "peakDiskBytes";

interface RunRow extends Omit<AppRunSummary, RunRowMapped> {
  state: string;
  queuedAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  peakMemoryBytes: bigint | null;
  peakDiskBytes: bigint | null;
}

/** Runs of one app, the newest first. */
export function listAppRuns(
  ctx: Ctx,
  appId: string,
  query: { cursor?: string | undefined; limit: number },
): Promise<Page<AppRunSummary>> {
  const before = query.cursor ? (decodeCursor(query.cursor, 1)[0] ?? null) : null;
  return inWorkspace(ctx, async (tx) => {
    const rows = await tx.$queryRaw<RunRow[]>`
      select r.id, r.state, r.step, r.title, r.queued_at as "queuedAt", r.started_at as "startedAt",
        r.finished_at as "finishedAt", r.error_code as "errorCode", r.error_detail as "errorDetail",
        (select i.job_id from app_inputs i where i.run_id = r.id limit 1) as "jobId", v.no as "revisionNo",
        e.exit_code as "exitCode", e.duration_s as "durationS", e.cost_usd as "costUsd", e.peak_memory_bytes as "peakMemoryBytes",
        e.peak_disk_bytes as "peakDiskBytes"
      from runs r
        join app_revisions v on v.id = (r.inputs->>'revisionId')::uuid
        left join app_executions e on e.run_id = r.id
      where r.workspace_id = ${ctx.workspaceId}::uuid and r.algorithm = 'run-app' and v.app_id = ${appId}::uuid
        and (${before}::uuid is null or r.id < ${before}::uuid)
      order by r.id desc limit ${query.limit + 1}`;
    return toPage(rows.map(toRun), query.limit, (run) => [run.id]);
  });
}

function toRun({
  state,
  queuedAt,
  startedAt,
  finishedAt,
  peakMemoryBytes,
  peakDiskBytes,
  ...row
}: RunRow): AppRunSummary {
  return {
    ...row,
    state: state as RunState,
    queuedAt: queuedAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
    peakMemoryBytes: toNumber(peakMemoryBytes),
    peakDiskBytes: toNumber(peakDiskBytes),
  };
}

const toNumber = (value: bigint | null) => (value === null ? null : Number(value));

/** What a run of an app has beside its run; null for other runs and those that have not begun. */
export function findAppExecution(ctx: Ctx, runId: string): Promise<AppExecution | null> {
  return inWorkspace(ctx, async (tx) => {
    const row = await tx.appExecution.findFirst({
      where: { runId, workspaceId: ctx.workspaceId },
      include: {
        revision: {
          select: {
            no: true,
            commitSha: true,
            gitUrl: true,
            manifest: true,
            app: { select: { id: true, name: true } },
          },
        },
      },
    });
    if (!row) return null;
    const {
      revision,
      peakMemoryBytes,
      peakDiskBytes,
      appLogId,
      settledAt,
      workspaceId: _,
      revisionId: __,
      machine: ___,
      machineStartedAt: ____,
      ...rest
    } = row;
    const manifest = appManifest.parse(revision.manifest);
    return {
      ...rest,
      ...{ gitUrl: revision.gitUrl, timeoutS: timeoutSOf(manifest) },
      ...{ memoryMb: manifest.memoryMb, diskMb: manifest.diskMb, parameters: manifest.parameters },
      appId: revision.app.id,
      appName: revision.app.name,
      revisionNo: revision.no,
      commitSha: revision.commitSha,
      peakMemoryBytes: toNumber(peakMemoryBytes),
      peakDiskBytes: toNumber(peakDiskBytes),
      appLog: appLogId ?? (settledAt ? "none" : null),
      settledAt: settledAt?.toISOString() ?? null,
    };
  });
}
