import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { Ctx } from "#lib/auth/context";
import { artifactKey } from "#lib/objects/keys";
import { headObject, putFile } from "#lib/objects/store";
import { linkRunFile, type StoredFile } from "../execution-store.ts";

interface LocalFile {
  path: string;
  fileName: string;
  mediaType: string;
}

/** Stores a local file and links it to the run at once, whatever becomes of the run; answers the artifact. */
export async function storeRunFile(ctx: Ctx, runId: string, file: LocalFile): Promise<string> {
  return linkRunFile(ctx, { runId, ...(await storeContent(ctx, file)) });
}

/** Brings a local file to object storage, where it is named by what it holds. */
export async function storeContent(ctx: Ctx, file: LocalFile): Promise<Omit<StoredFile, "runId">> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file.path, { highWaterMark: 2 ** 20 })) hash.update(chunk as Buffer);
  const sha256 = hash.digest("hex");
  const { size: sizeBytes } = await stat(file.path);
  const objectKey = artifactKey(ctx.workspaceId, sha256);
  if ((await headObject(objectKey))?.sizeBytes !== sizeBytes) {
    await putFile(objectKey, { path: file.path, sizeBytes, mediaType: file.mediaType });
  }
  const { fileName, mediaType } = file;
  return { sha256, sizeBytes, objectKey, mediaType, fileName };
}
