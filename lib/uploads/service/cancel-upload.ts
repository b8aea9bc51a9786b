import type { Ctx } from "#lib/auth/context";
import { publish } from "#lib/live/publish";
import { abortMultipart } from "#lib/objects/store";
import type { UploadView } from "../schema.ts";
import { advanceUpload } from "../store.ts";
import { getUpload, requireUpload } from "./require-upload.ts";

/** Ends an unfinished upload and frees what it sent; one that arrived already stays. */
export async function cancelUpload(ctx: Ctx, uploadId: string): Promise<UploadView> {
  const upload = await requireUpload(ctx, uploadId);
  if (await advanceUpload(ctx, uploadId, ["signing", "uploading", "rejected"], { state: "cancelled" })) {
    if (upload.multipartId) await abortMultipart(upload.objectKey, upload.multipartId);
    await publish({ workspaceId: ctx.workspaceId, topic: "upload", id: uploadId });
  }
  return getUpload(ctx, uploadId);
}
