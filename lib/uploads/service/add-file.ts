import { createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { newId } from "#lib/ids";
import { uploadKey } from "#lib/objects/keys";
import { putFile } from "#lib/objects/store";
import { insertUpload } from "../store.ts";
import { enqueueCheck } from "./accept-stored-object.ts";

export interface ServerFile {
  fileName: string;
  kind: string;
  chunks: Iterable<string | Uint8Array>;
}

/** A file that the server itself writes takes the same way as one from a browser: storage, check, cleaning. */
export async function addFile(ctx: Ctx, file: ServerFile): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "fieldport-file-"));
  try {
    const path = join(folder, "file");
    await pipeline(Readable.from(file.chunks), createWriteStream(path));
    const { size: sizeBytes } = await stat(path);
    const id = newId();
    const objectKey = uploadKey(ctx.workspaceId, id, file.fileName);
    await putFile(objectKey, { path, sizeBytes, mediaType: "text/csv" });
    await inWorkspace(ctx, async () => {
      await insertUpload(ctx, {
        id,
        fileName: file.fileName,
        relativePath: "",
        kind: file.kind,
        contentType: "text/csv",
        sizeBytes,
        declaredSha256: null,
        objectKey,
        multipartId: null,
        partSizeBytes: Math.max(1, sizeBytes),
        state: "stored",
        mapping: null,
        duplicateOfId: null,
        createdBy: ctx.actor.label,
        createdByUserId: null,
      });
      await enqueueCheck(ctx, id);
    });
    return id;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
