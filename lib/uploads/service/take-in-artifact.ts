import type { Ctx } from "#lib/auth/context";
import type { ColumnMapping } from "#lib/datasets/core/mapping";
import { inWorkspace } from "#lib/db/client";
import { newId } from "#lib/ids";
import { publish } from "#lib/live/publish";
import { findArtifactFile, findUploadIdByKey, insertUpload } from "../store.ts";
import { enqueueCheck } from "./accept-stored-object.ts";

/**
 * Makes a file that a run wrote an upload, so that it is checked, cleaned and traced as any file of a person is. The
 * same bytes are taken in once.
 */
export async function takeInArtifact(
  ctx: Ctx,
  { artifactId, mapping }: { artifactId: string; mapping: ColumnMapping },
): Promise<string> {
  return inWorkspace(ctx, async () => {
    const file = await findArtifactFile(ctx, artifactId);
    const known = await findUploadIdByKey(ctx, file.objectKey);
    if (known) return known;
    const id = newId();
    await insertUpload(ctx, {
      id,
      fileName: file.fileName,
      relativePath: "",
      kind: mapping.kind,
      contentType: file.mediaType,
      sizeBytes: file.sizeBytes,
      declaredSha256: file.sha256,
      objectKey: file.objectKey,
      multipartId: null,
      partSizeBytes: Math.max(1, file.sizeBytes),
      state: "stored",
      mapping,
      duplicateOfId: null,
      createdBy: ctx.actor.label,
      createdByUserId: null,
    });
    await enqueueCheck(ctx, id);
    await publish({ workspaceId: ctx.workspaceId, topic: "upload", id });
    return id;
  });
}
