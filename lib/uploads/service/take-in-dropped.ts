import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { newId } from "#lib/ids";
import { publish } from "#lib/live/publish";
import { parseKey } from "#lib/objects/keys";
import { headObject } from "#lib/objects/store";
import { findUploadIdByKey, insertUpload } from "../store.ts";
import { enqueueCheck } from "./accept-stored-object.ts";

/** An object that another program put into the drop prefix becomes an upload, once. */
export async function takeInDroppedObject(ctx: Ctx, objectKey: string): Promise<boolean> {
  const parsed = parseKey(objectKey);
  if (parsed?.area !== "drop" || parsed.workspaceId !== ctx.workspaceId) return false;
  if (await findUploadIdByKey(ctx, objectKey)) return false;
  const head = await headObject(objectKey);
  if (!head) return false;
  const id = newId();
  await inWorkspace(ctx, async () => {
    await insertUpload(ctx, {
      id,
      fileName: parsed.name.split("/").at(-1) ?? parsed.name,
      relativePath: parsed.name.includes("/") ? parsed.name : "",
      kind: "auto",
      contentType: head.contentType,
      sizeBytes: head.sizeBytes,
      declaredSha256: null,
      objectKey,
      multipartId: null,
      partSizeBytes: Math.max(head.sizeBytes, 1),
      state: "stored",
      mapping: null,
      duplicateOfId: null,
      createdBy: "another program, drop folder",
      createdByUserId: null,
    });
    await enqueueCheck(ctx, id);
    await publish({ workspaceId: ctx.workspaceId, topic: "upload", id });
  });
  return true;
}
