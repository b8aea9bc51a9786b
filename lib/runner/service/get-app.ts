import type { Ctx } from "#lib/auth/context";
import { readAppFigures, type AppFigures } from "../app-view-store.ts";
import type { AppDetail, AppSummary } from "../schema.ts";
import {
  listAppRecords,
  listSecrets,
  requireApp,
  requireFile,
  requireRevision,
  type AppRecord,
  type RevisionRecord,
} from "../store.ts";

export async function listApps(ctx: Ctx): Promise<AppSummary[]> {
  const apps = await listAppRecords(ctx);
  const figures = await readAppFigures(ctx);
  return Promise.all(apps.map(async (app) => toSummary(app, await requireRevision(ctx, app.revisionId), figures)));
}

export async function getApp(ctx: Ctx, appId: string): Promise<AppDetail> {
  const app = await requireApp(ctx, appId);
  const revision = await requireRevision(ctx, app.revisionId);
  const [figures, secrets] = await Promise.all([readAppFigures(ctx), listSecrets(ctx, appId)]);
  const secretNames = secrets.map(({ name }) => name);
  const code = revision.codeArtifactId ? await requireFile(ctx, { artifactId: revision.codeArtifactId }) : null;
  const { gitUrl, gitRef, commitSha, manifest, manifestFrom } = revision;
  return {
    ...toSummary(app, revision, figures),
    ...{ revisionId: revision.id, gitUrl, gitRef, commitSha, manifest, manifestFrom, secretNames },
    codeSha256: code?.sha256 ?? null,
    hasGitToken: app.sealedGitToken !== null,
    missingSecrets: manifest.secrets.filter((name) => !secretNames.includes(name)),
  };
}

function toSummary(app: AppRecord, revision: RevisionRecord, figures: readonly AppFigures[]): AppSummary {
  const own = figures.find((each) => each.appId === app.id);
  const { id, slug, name, description, takesDropped, concurrencyKey } = app;
  return {
    ...{ id, slug, name, description, takesDropped, concurrencyKey },
    ...{ sourceKind: revision.sourceKind, revisionNo: revision.no },
    isArchived: app.archivedAt !== null,
    createdBy: app.createdByLabel,
    createdAt: app.createdAt.toISOString(),
    succeeded: own?.succeeded ?? 0,
    failed: own?.failed ?? 0,
    machineS: own?.machineS ?? 0,
    costUsd: own?.costUsd ?? null,
    meanDurationS: own?.meanDurationS ?? null,
    lastRunAt: own?.lastRunAt?.toISOString() ?? null,
  };
}
