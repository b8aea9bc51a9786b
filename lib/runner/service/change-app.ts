import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { sealSecret } from "#lib/secrets/seal";
import type { AppDetail, ChangeAppInput } from "../schema.ts";
import { GIT_TOKEN, secretContext } from "../secret-context.ts";
import { findReading, type ReadingRecord } from "../reading-store.ts";
import {
  findCodeOfCommit,
  releaseDropped,
  requireApp,
  requireRevision,
  updateApp,
  type RevisionRecord,
} from "../store.ts";
import { getApp } from "./get-app.ts";
import { openGitToken } from "./open-git-token.ts";
import { readCodeManifest, resolveSource, type ResolvedSource } from "./resolve-source.ts";
import { saveRevision } from "./save-revision.ts";
import { storeSecrets } from "./store-secrets.ts";

/** Changes an app. New code or a new manifest is a new revision: runs of earlier ones stay what they were. */
export async function changeApp(ctx: Ctx, appId: string, change: ChangeAppInput): Promise<AppDetail> {
  const app = await requireApp(ctx, appId);
  const present = app.revisionId === null ? null : await requireRevision(ctx, app.revisionId);
  const reading = await findReading(ctx, appId);
  const token = change.gitToken === undefined ? openGitToken(ctx, app) : change.gitToken;
  // What was entered stays until it is said that the code's own manifest counts.
  const entered = present?.manifestFrom === "form" && !reading ? present.manifest : null;
  const manifest = change.manifest === undefined ? entered : change.manifest;
  const readsManifest = manifest === null;
  const source = change.source
    ? await resolveSource(ctx, change.source, { gitToken: token, readsManifest })
    : await sameSource(ctx, { present, reading }, change.manifest === null);
  await inWorkspace(ctx, async () => {
    if (change.takesDropped) await releaseDropped(ctx);
    await updateApp(ctx, appId, rowChange(ctx, appId, change));
    if (change.source || change.manifest !== undefined) await saveRevision(ctx, appId, { source, manifest });
    await storeSecrets(ctx, appId, change.secrets ?? {});
  });
  return getApp(ctx, appId);
}

function rowChange(ctx: Ctx, appId: string, change: ChangeAppInput) {
  const { name, description, takesDropped, concurrencyKey, gitToken, isArchived } = change;
  const sealed = gitToken ? sealSecret(gitToken, secretContext(ctx, appId, GIT_TOKEN)) : null;
  return {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    ...(takesDropped === undefined ? {} : { takesDropped }),
    ...(concurrencyKey === undefined ? {} : { concurrencyKey }),
    ...(gitToken === undefined ? {} : { sealedGitToken: sealed }),
    ...(isArchived === undefined ? {} : { archivedAt: isArchived ? ctx.now : null }),
  };
}

interface Known {
  present: RevisionRecord | null;
  reading: ReadingRecord | null;
}

/** The code stays; what a zip says of itself is looked up again, and a repository is asked again by who saves. */
async function sameSource(ctx: Ctx, { present, reading }: Known, readsManifest: boolean): Promise<ResolvedSource> {
  if (reading) {
    // The commit asked for last: what is entered because its own file could not be read is for it.
    const { appId, gitUrl, gitRef, commitSha } = reading;
    const codeArtifactId = await findCodeOfCommit(ctx, appId, commitSha);
    return { sourceKind: "git", gitUrl, gitRef, commitSha, codeArtifactId, codeHash: commitSha, manifest: null };
  }
  if (!present) throw new Error("an app has a revision, or one that is being read");
  const { sourceKind, gitUrl, gitRef, commitSha, codeArtifactId, contentHash } = present;
  const codeHash = commitSha ?? codeArtifactId ?? contentHash;
  const isReadable = readsManifest && sourceKind === "bundle" && codeArtifactId !== null;
  const manifest = isReadable ? await readCodeManifest(ctx, codeArtifactId) : null;
  return { sourceKind, gitUrl, gitRef, commitSha, codeArtifactId, codeHash, manifest };
}
