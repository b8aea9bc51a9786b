import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { linkUpload } from "#lib/datasets/store";

/**
 * Until the open transaction ends no run can finish its dataset for these bytes: the ending run then sees this upload
 * waiting, or this upload sees the dataset. Taken before any row, so that the two never wait for each other.
 */
export async function lockContent(ctx: Ctx, sha256: string): Promise<void> {
  await inWorkspace(
    ctx,
    (tx) => tx.$executeRaw`select pg_advisory_xact_lock(hashtext('same-content'), hashtext(${sha256}))`,
  );
}

/** Links an upload to the dataset that a run has made; false when there is none (yet). */
export async function linkToDataset(ctx: Ctx, uploadId: string, runId: string | null): Promise<boolean> {
  if (!runId) return false;
  const { workspaceId } = ctx;
  const find = { where: { runId, workspaceId }, select: { id: true, asides: { select: { id: true } } } };
  const dataset = await inWorkspace(ctx, (tx) => tx.dataset.findFirst(find));
  for (const { id } of dataset ? [dataset, ...dataset.asides] : []) await linkUpload(ctx, id, uploadId);
  return dataset !== null;
}
