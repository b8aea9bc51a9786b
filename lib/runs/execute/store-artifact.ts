import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { RunScope } from "#lib/algorithms/io";
import { newId } from "#lib/ids";
import { artifactKey } from "#lib/objects/keys";
import { headObject, putFile } from "#lib/objects/store";
import { insertRunArtifact } from "./artifact-store.ts";

export interface NewArtifact {
  path: string;
  fileName: string;
  mediaType: string;
  direction: "output";
}

/**
 * Stores a file that a run made under its content hash and links it to the run. Bytes go first, the row becomes
 * visible with the run: a crash leaves at most an unnamed object.
 */
export async function storeArtifact(scope: RunScope, file: NewArtifact): Promise<{ id: string; sha256: string }> {
  const sha256 = await sha256OfFile(file.path);
  const { size: sizeBytes } = await stat(file.path);
  const objectKey = artifactKey(scope.ctx.workspaceId, sha256);
  const existing = await headObject(objectKey);
  if (existing?.sizeBytes !== sizeBytes)
    await putFile(objectKey, { path: file.path, sizeBytes, mediaType: file.mediaType });
  const id = await insertRunArtifact(scope.client, {
    id: newId(),
    workspaceId: scope.ctx.workspaceId,
    runId: scope.runId,
    sha256,
    sizeBytes,
    objectKey,
    mediaType: file.mediaType,
    fileName: file.fileName,
    direction: file.direction,
  });
  return { id, sha256 };
}

async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
