import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import type { Prisma } from "#lib/db/generated/client";
import { AppError } from "#lib/errors";
import { appManifest, type AppManifest, type ManifestFrom } from "./core/manifest.ts";

export interface AppRecord {
  id: string;
  slug: string;
  name: string;
  description: string;
  /** Null while the fieldport.json of its repository has never been read. */
  revisionId: string | null;
  takesDropped: boolean;
  concurrencyKey: string | null;
  sealedGitToken: string | null;
  createdByLabel: string;
  createdAt: Date;
  archivedAt: Date | null;
}

export interface RevisionRecord {
  id: string;
  appId: string;
  no: number;
  sourceKind: "git" | "bundle";
  gitUrl: string | null;
  gitRef: string | null;
  commitSha: string | null;
  codeArtifactId: string | null;
  manifest: AppManifest;
  /** Whose word the manifest is: that of the code's own fieldport.json, or what was entered in the portal. */
  manifestFrom: ManifestFrom;
  contentHash: string;
}

const appSelect = {
  id: true,
  slug: true,
  name: true,
  description: true,
  revisionId: true,
  takesDropped: true,
  concurrencyKey: true,
  sealedGitToken: true,
  createdByLabel: true,
  createdAt: true,
  archivedAt: true,
} satisfies Prisma.AppSelect;

export function listAppRecords(ctx: Ctx): Promise<AppRecord[]> {
  return inWorkspace(ctx, (tx) =>
    tx.app.findMany({
      where: { workspaceId: ctx.workspaceId },
      orderBy: { name: "asc" },
      take: 500,
      select: appSelect,
    }),
  );
}

export async function requireApp(ctx: Ctx, appId: string): Promise<AppRecord> {
  const where = { id: appId, workspaceId: ctx.workspaceId };
  const row = await inWorkspace(ctx, (tx) => tx.app.findFirst({ where, select: appSelect }));
  if (!row) throw new AppError("not_found", "There is no such app in this workspace.");
  return row;
}

/** The app of that name, or the one that takes what is dropped. */
export async function findApp(ctx: Ctx, by: { slug: string } | { takesDropped: true }): Promise<AppRecord | null> {
  const where = { ...by, workspaceId: ctx.workspaceId, archivedAt: null };
  return inWorkspace(ctx, (tx) => tx.app.findFirst({ where, select: appSelect }));
}

export async function insertApp(ctx: Ctx, app: Omit<AppRecord, "revisionId" | "createdAt" | "archivedAt">) {
  const data = { ...app, workspaceId: ctx.workspaceId, createdAt: ctx.now };
  const inserted = await inWorkspace(ctx, (tx) => tx.app.createMany({ data: [data], skipDuplicates: true }));
  if (inserted.count === 1) return;
  throw new AppError("conflict", `There is an app "${app.slug}" already. Choose another slug.`, {
    fields: [{ pointer: "/slug", detail: "taken" }],
  });
}

export type AppChange = Partial<
  Pick<
    AppRecord,
    "name" | "description" | "takesDropped" | "concurrencyKey" | "sealedGitToken" | "archivedAt" | "revisionId"
  >
>;

export async function updateApp(ctx: Ctx, appId: string, change: AppChange): Promise<void> {
  const where = { id: appId, workspaceId: ctx.workspaceId };
  await inWorkspace(ctx, (tx) => tx.app.updateMany({ where, data: change }));
}

/** One app of a workspace takes dropped inputs: naming another ends it for the one before. */
export async function releaseDropped(ctx: Ctx): Promise<void> {
  const where = { workspaceId: ctx.workspaceId, takesDropped: true };
  await inWorkspace(ctx, (tx) => tx.app.updateMany({ where, data: { takesDropped: false } }));
}

export async function deleteAppRow(ctx: Ctx, appId: string): Promise<void> {
  await inWorkspace(ctx, (tx) => tx.app.deleteMany({ where: { id: appId, workspaceId: ctx.workspaceId } }));
}

/** Adds the app's next revision and makes it the one that new runs use. */
export async function insertRevision(ctx: Ctx, revision: Omit<RevisionRecord, "no">): Promise<void> {
  await inWorkspace(ctx, async (tx) => {
    await tx.$queryRaw`select 1 from apps where id = ${revision.appId}::uuid for update`;
    const last = await tx.appRevision.aggregate({ where: { appId: revision.appId }, _max: { no: true } });
    const { manifest, ...rest } = revision;
    await tx.appRevision.create({
      data: {
        ...rest,
        no: (last._max.no ?? 0) + 1,
        manifest,
        workspaceId: ctx.workspaceId,
        createdByLabel: ctx.actor.label,
        createdAt: ctx.now,
      },
    });
    const where = { id: revision.appId, workspaceId: ctx.workspaceId };
    await tx.app.updateMany({ where, data: { revisionId: revision.id } });
  });
}

export async function requireRevision(ctx: Ctx, revisionId: string): Promise<RevisionRecord> {
  const where = { id: revisionId, workspaceId: ctx.workspaceId };
  const row = await inWorkspace(ctx, (tx) => tx.appRevision.findFirst({ where }));
  if (!row) throw new AppError("not_found", "There is no such revision of an app in this workspace.");
  const { id, appId, no, gitUrl, gitRef, commitSha, codeArtifactId, contentHash } = row;
  const sourceKind = row.sourceKind === "git" ? "git" : "bundle";
  const manifest = appManifest.parse(row.manifest);
  const manifestFrom = row.manifestFrom === "code" ? "code" : "form";
  return { id, appId, no, sourceKind, gitUrl, gitRef, commitSha, codeArtifactId, contentHash, manifest, manifestFrom };
}

/** What new runs of the app are. @throws AppError `unprocessable` while its repository has not said how it is run */
export function requirePresentRevision(ctx: Ctx, app: AppRecord): Promise<RevisionRecord> {
  if (app.revisionId !== null) return requireRevision(ctx, app.revisionId);
  const detail = `${app.name} cannot run yet: its fieldport.json has not been read. Its page says why.`;
  throw new AppError("unprocessable", detail);
}

/** The stored code of a commit, if an earlier revision of the app was made of it or has been run. */
export async function findCodeOfCommit(ctx: Ctx, appId: string, commitSha: string): Promise<string | null> {
  const where = { appId, commitSha, workspaceId: ctx.workspaceId, codeArtifactId: { not: null } };
  const row = await inWorkspace(ctx, (tx) => tx.appRevision.findFirst({ where, select: { codeArtifactId: true } }));
  return row?.codeArtifactId ?? null;
}

/** The code of a commit, once it has been fetched; of two that fetched it, one is kept. */
export async function setRevisionCode(ctx: Ctx, revisionId: string, codeArtifactId: string): Promise<void> {
  const where = { id: revisionId, workspaceId: ctx.workspaceId, codeArtifactId: null };
  await inWorkspace(ctx, (tx) => tx.appRevision.updateMany({ where, data: { codeArtifactId } }));
}

export async function setSecret(ctx: Ctx, appId: string, secret: { name: string; sealed: string | null }) {
  const { name, sealed } = secret;
  await inWorkspace(ctx, async (tx) => {
    if (sealed === null) {
      await tx.appSecret.deleteMany({ where: { appId, name, workspaceId: ctx.workspaceId } });
      return;
    }
    const data = { sealed, updatedAt: ctx.now };
    await tx.appSecret.upsert({
      where: { appId_name: { appId, name } },
      create: { appId, name, workspaceId: ctx.workspaceId, ...data },
      update: data,
    });
  });
}

export async function listSecrets(ctx: Ctx, appId: string): Promise<{ name: string; sealed: string }[]> {
  return inWorkspace(ctx, (tx) =>
    tx.appSecret.findMany({
      where: { appId, workspaceId: ctx.workspaceId },
      orderBy: { name: "asc" },
      select: { name: true, sealed: true },
    }),
  );
}

/** A stored file of the workspace, whether named by its artifact or by the upload that brought it. */
export async function requireFile(
  ctx: Ctx,
  by: { artifactId: string } | { uploadId: string },
): Promise<{ artifactId: string; fileName: string; sha256: string; sizeBytes: number; objectKey: string }> {
  const row = await inWorkspace(ctx, async (tx) => {
    if ("artifactId" in by)
      return tx.artifact.findFirst({ where: { id: by.artifactId, workspaceId: ctx.workspaceId } });
    const upload = await tx.upload.findFirst({
      where: { id: by.uploadId, workspaceId: ctx.workspaceId },
      select: { state: true, reason: true, artifact: true, duplicateOf: { select: { artifact: true } } },
    });
    if (!upload) return null;
    const artifact = upload.artifact ?? upload.duplicateOf?.artifact ?? null;
    if (artifact) return artifact;
    if (upload.state === "rejected") {
      throw new AppError("unprocessable", `This upload was rejected: ${upload.reason ?? "no reason given"}`);
    }
    throw new AppError("conflict", "This upload is not complete and checked yet. Ask again.", { retryAfterS: 1 });
  });
  if (!row) throw new AppError("not_found", "There is no such file in this workspace.");
  const { id, fileName, sha256, sizeBytes, objectKey } = row;
  return { artifactId: id, fileName, sha256, objectKey, sizeBytes: Number(sizeBytes) };
}
