import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { digestObject } from "#lib/objects/read-object";
import { makeScratchDir } from "#lib/runs/execute/scratch-dir";
import { MANIFEST_NAME, parseManifest, type AppManifest } from "../core/manifest.ts";
import { readZipText } from "../files/safe-zip.ts";
import { resolveGitRef } from "../git/resolve-ref.ts";
import type { AppSource } from "../schema.ts";
import { requireFile, type RevisionRecord } from "../store.ts";

/** Enough for code; data belongs into the input. */
const BUNDLE_BYTES_MAX = 100_000_000;

export type ResolvedSource = Pick<
  RevisionRecord,
  "sourceKind" | "gitUrl" | "gitRef" | "commitSha" | "codeArtifactId"
> & {
  /** Hash of the code: of its commit or of its bytes. */
  codeHash: string;
  /** What the code says of itself; null when it says nothing, or cannot be asked yet. */
  manifest: AppManifest | null;
};

interface Resolving {
  gitToken: string | null;
  /** Its own manifest counts; it is not looked at otherwise, and may be as wrong as it likes. */
  readsManifest: boolean;
}

/** Pins a source: a ref becomes the commit it stands for now, an upload the bytes that arrived. */
export function resolveSource(ctx: Ctx, source: AppSource, how: Resolving): Promise<ResolvedSource> {
  return source.kind === "git"
    ? resolveGit(source, how.gitToken)
    : resolveBundle(ctx, source.uploadId, how.readsManifest);
}

async function resolveGit(source: Extract<AppSource, { kind: "git" }>, token: string | null): Promise<ResolvedSource> {
  const commitSha = await resolveGitRef(source, token);
  return {
    ...{ sourceKind: "git", gitUrl: source.url, gitRef: source.ref, commitSha, codeHash: commitSha },
    ...{ codeArtifactId: null, manifest: null },
  };
}

async function resolveBundle(ctx: Ctx, uploadId: string, readsManifest: boolean): Promise<ResolvedSource> {
  const file = await requireFile(ctx, { uploadId });
  if (file.sizeBytes > BUNDLE_BYTES_MAX) {
    throw new AppError("too_large", "The app’s zip is larger than 100 MB. Keep data out of it: that is the input.");
  }
  return {
    ...{ sourceKind: "bundle", gitUrl: null, gitRef: null, commitSha: null, codeHash: file.sha256 },
    ...{
      codeArtifactId: file.artifactId,
      manifest: readsManifest ? await readCodeManifest(ctx, file.artifactId) : null,
    },
  };
}

/** What a stored zip of code says of itself; null when it says nothing. */
export async function readCodeManifest(ctx: Ctx, artifactId: string): Promise<AppManifest | null> {
  const text = await readCodeText(ctx, artifactId, "The app’s code");
  return text === null ? null : parseManifest(text, MANIFEST_NAME, IN_THE_ZIP);
}

/** Members of the zip's manifest are no fields of a form: what is wrong with them belongs to the zip. */
const IN_THE_ZIP = "/source/uploadId";

/** The text of the manifest in stored code; `what` begins complaints. */
export async function readCodeText(ctx: Ctx, artifactId: string, what: string): Promise<string | null> {
  const { objectKey } = await requireFile(ctx, { artifactId });
  const folder = await makeScratchDir();
  try {
    const path = join(folder, "code.zip");
    await digestObject(objectKey, { copyTo: path, signal: AbortSignal.timeout(30_000) });
    return await readZipText(path, MANIFEST_NAME, what);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
