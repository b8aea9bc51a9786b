import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { enqueueJob } from "#lib/jobs/enqueue";
import { publish } from "#lib/live/publish";
import { headObject } from "#lib/objects/store";
import { advanceUpload, findUpload } from "../store.ts";

/**
 * The one way an object becomes "stored": whoever reports it, in whatever order and however often, exactly one
 * check follows. Says whether the object is there.
 */
export async function acceptStoredObject(ctx: Ctx, uploadId: string): Promise<boolean> {
  const upload = await findUpload(ctx, uploadId);
  if (!upload) return false;
  if (upload.state !== "signing" && upload.state !== "uploading") return true;
  const head = await headObject(upload.objectKey);
  if (!head) return false;
  await inWorkspace(ctx, async () => {
    const isFirst = await advanceUpload(ctx, uploadId, ["signing", "uploading"], {
      state: "stored",
      etag: head.etag,
      storedAt: ctx.now,
    });
    if (!isFirst) return;
    await enqueueCheck(ctx, uploadId);
    await publish({ workspaceId: ctx.workspaceId, topic: "upload", id: uploadId });
  });
  return true;
}

export async function enqueueCheck(ctx: Pick<Ctx, "workspaceId">, uploadId: string): Promise<void> {
  const payload = { workspaceId: ctx.workspaceId, uploadId };
  await enqueueJob(ctx, { name: "check-upload", payload, key: `check:${uploadId}` });
}
