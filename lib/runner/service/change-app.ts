import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { openSecret, sealSecret } from "#lib/secrets/seal";
import type { AppDetail, ChangeAppInput } from "../schema.ts";
import { GIT_TOKEN, secretContext } from "../secret-context.ts";
import {
  releaseDropped,
  requireApp,
  requireRevision,
  updateApp,
  type AppRecord,
  type RevisionRecord,
} from "../store.ts";
import { getApp } from "./get-app.ts";
import { readCodeManifest, resolveSource, type ResolvedSource } from "./resolve-source.ts";
import { saveRevision } from "./save-revision.ts";
import { storeSecrets } from "./store-secrets.ts";

/** Changes an app. New code or a new manifest is a new revision: runs of earlier ones stay what they were. */
export async function changeApp(ctx: Ctx, appId: string, change: ChangeAppInput): Promise<AppDetail> {
  const app = await requireApp(ctx, appId);
  const present = await requireRevision(ctx, app.revisionId);
  const token = change.gitToken === undefined ? openToken(ctx, app) : change.gitToken;
  // What was entered stays until it is said that the code's own manifest counts.
  const entered = present.manifestFrom === "form" ? present.manifest : null;
  const manifest = change.manifest === undefined ? entered : change.manifest;
  const readsManifest = manifest === null;
  const source = change.source
    ? await resolveSource(ctx, change.source, { gitToken: token, readsManifest })
    : await sameSource(ctx, present, { readsManifest: change.manifest === null });
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

function openToken(ctx: Ctx, app: Pick<AppRecord, "id" | "sealedGitToken">): string | null {
  return app.sealedGitToken === null ? null : openSecret(app.sealedGitToken, secretContext(ctx, app.id, GIT_TOKEN));
}

/** The code stays; what it says of itself is looked up again. */
async function sameSource(
  ctx: Ctx,
  present: RevisionRecord,
  { readsManifest }: { readsManifest: boolean },
): Promise<ResolvedSource> {
  const { sourceKind, gitUrl, gitRef, commitSha, codeArtifactId, contentHash } = present;
  const codeHash = commitSha ?? codeArtifactId ?? contentHash;
  const isReadable = readsManifest && sourceKind === "bundle" && codeArtifactId !== null;
  const manifest = isReadable ? await readCodeManifest(ctx, codeArtifactId) : null;
  return { sourceKind, gitUrl, gitRef, commitSha, codeArtifactId, codeHash, manifest };
}
