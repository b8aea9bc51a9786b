import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { canonicalJson, newId, sha256Hex } from "#lib/ids";
import { MANIFEST_NAME, type AppManifest } from "../core/manifest.ts";
import { beginReading, dropReading } from "../reading-store.ts";
import { insertRevision } from "../store.ts";
import type { ResolvedSource } from "./resolve-source.ts";

/**
 * Adds a revision of pinned code and manifest; the given one stands before the one in the code. Of a repository whose
 * code is not here yet, the revision follows once its manifest has been read.
 */
export async function saveRevision(
  ctx: Ctx,
  appId: string,
  { source, manifest }: { source: ResolvedSource; manifest: AppManifest | null },
): Promise<void> {
  const { codeHash, manifest: own, ...rest } = source;
  const chosen = manifest ?? own;
  if (!chosen) {
    const { gitUrl, gitRef, commitSha } = source;
    if (gitUrl && gitRef && commitSha) return beginReading(ctx, appId, { gitUrl, gitRef, commitSha });
    throw new AppError("invalid_input", `The zip has no ${MANIFEST_NAME}. Add it, or enter here how it is run.`, {
      fields: [{ pointer: "/source/uploadId", detail: `no ${MANIFEST_NAME} at its top; add it, or enter it here` }],
    });
  }
  const contentHash = sha256Hex(canonicalJson([codeHash, chosen]));
  const manifestFrom = manifest ? "form" : "code";
  await dropReading(ctx, appId);
  await insertRevision(ctx, { ...rest, id: newId(), appId, manifest: chosen, manifestFrom, contentHash });
}
