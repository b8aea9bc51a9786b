import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { canonicalJson, newId, sha256Hex } from "#lib/ids";
import { MANIFEST_NAME, type AppManifest } from "../core/manifest.ts";
import { insertRevision } from "../store.ts";
import type { ResolvedSource } from "./resolve-source.ts";

/** Adds a revision of pinned code and manifest; the given one stands before the one in the code. */
export async function saveRevision(
  ctx: Ctx,
  appId: string,
  { source, manifest }: { source: ResolvedSource; manifest: AppManifest | null },
): Promise<void> {
  const { codeHash, manifest: own, ...rest } = source;
  const chosen = manifest ?? own;
  if (!chosen) {
    if (source.sourceKind === "git") {
      throw new AppError("invalid_input", "How a repository’s code is run is entered here; the entry point at least.", {
        fields: [{ pointer: "/manifest/entryPoint", detail: "the Python file to run, such as main.py" }],
      });
    }
    throw new AppError("invalid_input", `The zip has no ${MANIFEST_NAME}. Add it, or enter here how it is run.`, {
      fields: [{ pointer: "/source/uploadId", detail: `no ${MANIFEST_NAME} at its top; add it, or enter it here` }],
    });
  }
  const contentHash = sha256Hex(canonicalJson([codeHash, chosen]));
  const manifestFrom = manifest ? "form" : "code";
  await insertRevision(ctx, { ...rest, id: newId(), appId, manifest: chosen, manifestFrom, contentHash });
}
