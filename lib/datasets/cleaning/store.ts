import type { PoolClient } from "pg";
import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { LIVE_CHANNEL } from "#lib/live/channel";
import type { QualityReport } from "../core/quality-report.ts";

export interface CleaningSource {
  fileName: string;
  objectKey: string;
  sizeBytes: number;
  sha256: string;
  artifactId: string;
}

export function findCleaningSource(ctx: Ctx, uploadId: string): Promise<CleaningSource | null> {
  return inWorkspace(ctx, async (tx) => {
    const row = await tx.upload.findFirst({
      where: { id: uploadId, workspaceId: ctx.workspaceId, artifactId: { not: null } },
      select: { fileName: true, artifact: { select: { id: true, objectKey: true, sizeBytes: true, sha256: true } } },
    });
    if (!row?.artifact) return null;
    const { id: artifactId, objectKey, sha256, sizeBytes } = row.artifact;
    return { fileName: row.fileName, objectKey, sha256, artifactId, sizeBytes: Number(sizeBytes) };
  });
}

export async function nextDatasetNo(client: PoolClient): Promise<number> {
  const { rows } = await client.query<{ no: number }>(
    "select nextval(pg_get_serial_sequence('datasets', 'no'))::int as no",
  );
  return rows[0]?.no ?? 0;
}

export interface NewDataset {
  id: string;
  no: number;
  workspaceId: string;
  kind: string;
  name: string;
  runId: string;
  /** The dataset that this one lies beside; its run made both. */
  besideId: string | null;
  uploadId: string;
  tableArtifactId: string;
  rejectsArtifactId: string | null;
  report: QualityReport;
  alreadyStored: number;
}

export async function insertDataset(client: PoolClient, dataset: NewDataset): Promise<void> {
  const { id, workspaceId, report } = dataset;
  await client.query(
    `insert into datasets (id, no, workspace_id, kind, name, run_id, beside_id, table_artifact_id, rejects_artifact_id,
       rows_in, rows_kept, rows_dropped, rows_already_stored, quality_report)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      id,
      dataset.no,
      workspaceId,
      dataset.kind,
      dataset.name,
      dataset.besideId === null ? dataset.runId : null,
      dataset.besideId,
      dataset.tableArtifactId,
      dataset.rejectsArtifactId,
      report.rowsIn,
      report.rowsKept,
      report.rowsDropped,
      dataset.alreadyStored,
      JSON.stringify(report),
    ],
  );
  // Every upload with these bytes that waited for this run gets the dataset; one that is being checked at this very
  // moment takes the same lock and either is seen here or sees the dataset.
  await client.query(
    `select pg_advisory_xact_lock(hashtext('same-content'), hashtext(a.sha256))
     from uploads u join artifacts a on a.id = u.artifact_id where u.id = $1`,
    [dataset.uploadId],
  );
  await client.query(
    `insert into dataset_uploads (dataset_id, upload_id, workspace_id)
     select $1, id, $2 from uploads where workspace_id = $2 and (id = $3 or run_id = $4) on conflict do nothing`,
    [id, workspaceId, dataset.uploadId, dataset.runId],
  );
  await client.query("select pg_notify($1, $2)", [LIVE_CHANNEL, JSON.stringify({ workspaceId, topic: "dataset", id })]);
}

/**
 * Tells the pipelines that wait for new files, a little later, so that files arriving together start them once. A file
 * that a run brought is a pipeline's own and starts none.
 */
export async function enqueueNewDataPipelines(
  client: PoolClient,
  workspaceId: string,
  artifactId: string,
): Promise<void> {
  await client.query(
    `select enqueue_job('start-pipelines-on-new-data', $1::json, $2, now() + interval '10 seconds', 5, null)
     where not exists (select 1 from run_artifacts where artifact_id = $3 and direction = 'output')`,
    [JSON.stringify({ workspaceId }), `new-data:${workspaceId}`, artifactId],
  );
}
