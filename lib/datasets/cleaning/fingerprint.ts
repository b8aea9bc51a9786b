import type { FingerprintInputs } from "#lib/algorithms/io";
import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { type CleaningSource, findCleaningSource } from "./store.ts";

/** A cleaning run is named by its file and reads exactly that file's bytes. */
export const fingerprintCleaning: FingerprintInputs<{ uploadId: string }> = async (ctx, { inputs }) => {
  const source = await requireCleaningSource(ctx, inputs.uploadId);
  return {
    title: source.fileName,
    hashes: [source.sha256],
    artifacts: [{ artifactId: source.artifactId, name: source.fileName }],
  };
};

export async function requireCleaningSource(ctx: Ctx, uploadId: string): Promise<CleaningSource> {
  const source = await findCleaningSource(ctx, uploadId);
  if (!source) throw new AppError("not_found", "There is no checked upload with this id in this workspace.");
  return source;
}
