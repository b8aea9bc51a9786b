import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { Ctx } from "#lib/auth/context";
import { artifactKey } from "#lib/objects/keys";
import { headObject, putFile } from "#lib/objects/store";
import { linkRunFile } from "../execution-store.ts";

/** Stores a local file and links it to the run at once, whatever becomes of the run; answers the artifact. */
export async function storeRunFile(
  ctx: Ctx,
  runId: string,
  file: { path: string; fileName: string; mediaType: string },
): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file.path, { highWaterMark: 2 ** 20 })) hash.update(chunk as Buffer);
  const sha256 = hash.digest("hex");
  const { size: sizeBytes } = await stat(file.path);
  const objectKey = artifactKey(ctx.workspaceId, sha256);
  if ((await headObject(objectKey))?.sizeBytes !== sizeBytes) {
    await putFile(objectKey, { path: file.path, sizeBytes, mediaType: file.mediaType });
  }
  const { fileName, mediaType } = file;
  return linkRunFile(ctx, { runId, sha256, sizeBytes, objectKey, mediaType, fileName });
}
