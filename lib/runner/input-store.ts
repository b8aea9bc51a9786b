import type { Ctx } from "#lib/auth/context";
import { inWorkspace, systemDb } from "#lib/db/client";
import { newId } from "#lib/ids";

export interface InputVersion {
  appId: string;
  objectKey: string;
  etag: string;
  jobId: string;
}

/** Takes note of a version of an input; null when it is known, with a run or a reason. */
export async function claimInput(ctx: Ctx, input: InputVersion): Promise<string | null> {
  return inWorkspace(ctx, async (tx) => {
    const row = { ...input, id: newId(), workspaceId: ctx.workspaceId, createdAt: ctx.now };
    await tx.appInput.createMany({ data: [row], skipDuplicates: true });
    const where = { appId: input.appId, objectKey: input.objectKey, etag: input.etag };
    const found = await tx.appInput.findFirst({ where, select: { id: true, runId: true, reason: true } });
    return found && found.runId === null && found.reason === null ? found.id : null;
  });
}

/** Whether anyone has to look at this version of an object. */
export async function isInputKnown(ctx: Ctx, appId: string, object: { objectKey: string; etag: string }) {
  const where = {
    appId,
    workspaceId: ctx.workspaceId,
    ...object,
    OR: [{ runId: { not: null } }, { reason: { not: null } }],
  };
  return (await inWorkspace(ctx, (tx) => tx.appInput.count({ where }))) > 0;
}

/** Locks the row, so that of two that take in one version the later finds what the earlier did. */
export async function lockInput(ctx: Ctx, inputId: string): Promise<boolean> {
  const rows = await inWorkspace(
    ctx,
    (tx) => tx.$queryRaw<{ id: string }[]>`
      select id from app_inputs where id = ${inputId}::uuid and run_id is null and reason is null for update`,
  );
  return rows.length === 1;
}

export async function settleInput(ctx: Ctx, inputId: string, found: { runId: string } | { reason: string }) {
  const where = { id: inputId, workspaceId: ctx.workspaceId };
  await inWorkspace(ctx, (tx) => tx.appInput.updateMany({ where, data: found }));
}

export interface InputOfRun {
  objectKey: string;
  jobId: string;
  /** No later version of the same job has come since. */
  isNewest: boolean;
}

export function listInputsOf(ctx: Ctx, runId: string): Promise<InputOfRun[]> {
  return inWorkspace(
    ctx,
    (tx) => tx.$queryRaw<InputOfRun[]>`
      select i.object_key as "objectKey", i.job_id as "jobId", not exists (
        select 1 from app_inputs n where n.app_id = i.app_id and n.object_key = i.object_key and n.id > i.id) as "isNewest"
      from app_inputs i where i.run_id = ${runId}::uuid and i.workspace_id = ${ctx.workspaceId}::uuid`,
  );
}

export interface RefusedInput {
  id: string;
  jobId: string;
  reason: string;
  createdAt: Date;
}

/** Dropped zips of the last 30 days that started nothing, the newest first. */
export async function listRefusedInputs(ctx: Ctx, appId: string, limit: number): Promise<RefusedInput[]> {
  return inWorkspace(
    ctx,
    (tx) => tx.$queryRaw<RefusedInput[]>`
      select id, job_id as "jobId", reason, created_at as "createdAt" from app_inputs
      where workspace_id = ${ctx.workspaceId}::uuid and app_id = ${appId}::uuid and reason is not null
        and created_at > ${ctx.now}::timestamptz - interval '30 days'
      order by id desc limit ${limit}`,
  );
}

/** Takes the artifact of bytes that lie under a key of their own. */
export async function upsertZipArtifact(
  ctx: Ctx,
  file: { sha256: string; sizeBytes: number; fileName: string; objectKey: string },
): Promise<string> {
  const { workspaceId } = ctx;
  return inWorkspace(ctx, async (tx) => {
    const row = { ...file, id: newId(), workspaceId, sizeBytes: BigInt(file.sizeBytes), mediaType: "application/zip" };
    await tx.artifact.createMany({ data: [row], skipDuplicates: true });
    const key = { workspaceId_sha256: { workspaceId, sha256: file.sha256 } };
    return (await tx.artifact.findUniqueOrThrow({ where: key, select: { id: true } })).id;
  });
}

/** The workspaces whose apps take what is dropped; the oldest first, to which the bucket's own folder belongs. */
export async function listWorkspacesWithApps(): Promise<string[]> {
  const rows = await systemDb().$queryRaw<{ id: string }[]>`
    select w.id from workspaces w where exists (select 1 from apps a where a.workspace_id = w.id) order by w.created_at`;
  return rows.map(({ id }) => id);
}
