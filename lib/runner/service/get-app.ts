import type { Ctx } from "#lib/auth/context";
import { readAppFigures, type AppFigures } from "../app-view-store.ts";
import { findReading, type ReadingRecord } from "../reading-store.ts";
import type { AppDetail, AppSummary, ManifestReading } from "../schema.ts";
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
  return Promise.all(apps.map(async (app) => toSummary(app, await presentRevision(ctx, app), figures)));
}

export async function getApp(ctx: Ctx, appId: string): Promise<AppDetail> {
  const app = await requireApp(ctx, appId);
  const revision = await presentRevision(ctx, app);
  const [figures, secrets] = await Promise.all([readAppFigures(ctx), listSecrets(ctx, appId)]);
  const reading = await findReading(ctx, appId);
  const secretNames = secrets.map(({ name }) => name);
  const code = revision?.codeArtifactId ? await requireFile(ctx, { artifactId: revision.codeArtifactId }) : null;
  const { gitUrl = null, gitRef = null, commitSha = null } = revision ?? reading ?? {};
  return {
    ...toSummary(app, revision, figures),
    ...{ revisionId: app.revisionId, gitUrl, gitRef, commitSha, secretNames },
    ...{ manifest: revision?.manifest ?? null, manifestFrom: revision?.manifestFrom ?? "code" },
    reading: reading ? toReading(reading) : null,
    codeSha256: code?.sha256 ?? null,
    hasGitToken: app.sealedGitToken !== null,
    missingSecrets: revision?.manifest.secrets.filter((name) => !secretNames.includes(name)) ?? [],
  };
}

/** Null for an app from a repository whose fieldport.json has not been read yet. */
async function presentRevision(ctx: Ctx, { revisionId }: AppRecord): Promise<RevisionRecord | null> {
  return revisionId === null ? null : requireRevision(ctx, revisionId);
}

function toReading({ gitUrl, gitRef, commitSha, detail, problems, ...reading }: ReadingRecord): ManifestReading {
  const state = reading.failedAt === null ? "reading" : "failed";
  return { state, gitUrl, gitRef, commitSha, detail, problems, startedAt: reading.createdAt.toISOString() };
}

function toSummary(app: AppRecord, revision: RevisionRecord | null, figures: readonly AppFigures[]): AppSummary {
  const own = figures.find((each) => each.appId === app.id);
  const { id, slug, name, description, takesDropped, concurrencyKey } = app;
  return {
    ...{ id, slug, name, description, takesDropped, concurrencyKey },
    ...{ sourceKind: revision?.sourceKind ?? "git", revisionNo: revision?.no ?? null },
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
