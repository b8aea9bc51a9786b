import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { canonicalJson, newId, sha256Hex } from "#lib/ids";
import { MANIFEST_NAME, type AppManifest } from "../core/manifest.ts";
import { insertRevision } from "../store.ts";
import type { ResolvedSource } from "./resolve-source.ts";

/** Adds a revision of pinned code and manifest, the given one before the one in the code. */
export async function saveRevision(
  ctx: Ctx,
  appId: string,
  { source, manifest }: { source: ResolvedSource; manifest: AppManifest | null },
): Promise<void> {
  const { codeHash, manifest: own, ...rest } = source;
  const chosen = manifest ?? own;
  if (!chosen) {
    const where = source.sourceKind === "git" ? `give its ${MANIFEST_NAME} here` : `add it, or give it here`;
    throw new AppError("invalid_input", `The code says nothing of how to run it (${MANIFEST_NAME}): ${where}.`, {
      fields: [{ pointer: "/manifest", detail: `what ${MANIFEST_NAME} would say; entryPoint at least` }],
    });
  }
  const contentHash = sha256Hex(canonicalJson([codeHash, chosen]));
  await insertRevision(ctx, { ...rest, id: newId(), appId, manifest: chosen, contentHash });
}
