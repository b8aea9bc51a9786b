import type { Ctx } from "#lib/auth/context";
import { qualityReport, type QualityReport } from "#lib/datasets/core/quality-report";
import { inWorkspace } from "#lib/db/client";

const SHOWN_MAX = 5;

export interface StuckUpload {
  id: string;
  fileName: string;
  state: string;
  reason: string | null;
  reasonCode: string | null;
  at: Date;
}

/** Uploads that were rejected or wait for their columns, unless the same file has arrived well since. */
export function listStuckUploads(ctx: Ctx, since: Date): Promise<StuckUpload[]> {
  return inWorkspace(
    ctx,
    (tx) =>
      tx.$queryRaw<StuckUpload[]>`
      select u.id, u.file_name as "fileName", u.state, u.reason, u.reason_code as "reasonCode", u.created_at as at
      from uploads u
      where u.workspace_id = ${ctx.workspaceId}::uuid and u.created_at > ${since}
        and (u.state = 'rejected' or (u.reason_code = 'needs_mapping' and u.run_id is null))
        and not exists (select from uploads later where later.workspace_id = u.workspace_id and later.id > u.id
          and later.file_name = u.file_name and later.state = 'checked' and later.reason_code is null)
      order by u.id desc limit ${SHOWN_MAX}`,
  );
}

export interface EndedRun {
  id: string;
  title: string;
  state: string;
  errorDetail: string | null;
  at: Date;
}

/** Runs that did not succeed, unless the same work has succeeded since. */
export function listBrokenRuns(ctx: Ctx, since: Date): Promise<EndedRun[]> {
  return inWorkspace(
    ctx,
    (tx) =>
      tx.$queryRaw<EndedRun[]>`
      select r.id, r.title, r.state, r.error_detail as "errorDetail", r.finished_at as at from runs r
      where r.workspace_id = ${ctx.workspaceId}::uuid and r.state in ('failed', 'timed_out', 'lost')
        and r.finished_at > ${since}
        and not exists (select from runs later where later.workspace_id = r.workspace_id and later.id > r.id
          and later.algorithm = r.algorithm and later.inputs = r.inputs
          and later.state in ('succeeded', 'queued', 'starting', 'running'))
      order by r.finished_at desc limit ${SHOWN_MAX}`,
  );
}

/** What this person asked for by hand and has now. */
export function listFreshResults(ctx: Ctx, userId: string, since: Date): Promise<EndedRun[]> {
  return inWorkspace(ctx, async (tx) => {
    const rows = await tx.run.findMany({
      where: {
        workspaceId: ctx.workspaceId,
        startedByUserId: userId,
        trigger: "person",
        state: "succeeded",
        finishedAt: { gt: since },
      },
      orderBy: { finishedAt: "desc" },
      take: 2,
      select: { id: true, title: true, state: true, errorDetail: true, finishedAt: true, queuedAt: true },
    });
    return rows.map(({ finishedAt, queuedAt, ...row }) => ({ ...row, at: finishedAt ?? queuedAt }));
  });
}

export interface DroppedDataset {
  id: string;
  name: string;
  report: QualityReport;
  at: Date;
}

/** Datasets that lost rows, duplicates left aside, most first. */
export function listDroppedDatasets(ctx: Ctx, since: Date): Promise<DroppedDataset[]> {
  return inWorkspace(ctx, async (tx) => {
    const rows = await tx.$queryRaw<{ id: string; name: string; report: unknown; at: Date }[]>`
      select id, name, quality_report as report, created_at as at from datasets
      where workspace_id = ${ctx.workspaceId}::uuid and created_at > ${since}
        and rows_dropped > coalesce((quality_report ->> 'duplicates')::bigint, 0)
      order by rows_dropped desc limit 3`;
    return rows.map((row) => ({ ...row, report: qualityReport.parse(row.report) }));
  });
}
