import type { Ctx } from "#lib/auth/context";
import { asSystem, inWorkspace } from "#lib/db/client";
import { algorithmOfBundle } from "#lib/datasets/registry";
import type { Prisma } from "#lib/db/generated/client";
import { AppError } from "#lib/errors";
import { decodeCursor, toPage, type Page } from "#lib/http/pagination";
import type { RunState } from "#lib/runs/schema";
import type { ReasonCode, UploadState, UploadView } from "./schema.ts";

export interface NewUpload {
  id: string;
  fileName: string;
  relativePath: string;
  kind: string;
  contentType: string;
  sizeBytes: number;
  declaredSha256: string | null;
  objectKey: string;
  multipartId: string | null;
  partSizeBytes: number;
  state: UploadState;
  mapping: unknown;
  duplicateOfId: string | null;
  createdBy: string;
  createdByUserId: string | null;
}

/** What the services decide on; the view for people is `UploadView`. */
export interface UploadRecord {
  id: string;
  workspaceId: string;
  fileName: string;
  kind: string;
  contentType: string;
  sizeBytes: number;
  declaredSha256: string | null;
  objectKey: string;
  multipartId: string | null;
  partSizeBytes: number;
  state: UploadState;
  mapping: unknown;
  artifactId: string | null;
  createdBy: string;
  createdByUserId: string | null;
}

const viewInclude = {
  duplicateOf: {
    select: {
      id: true,
      fileName: true,
      datasets: { select: { datasetId: true }, where: { dataset: { besideId: null } }, take: 1 },
    },
  },
  datasets: {
    select: { dataset: { select: { id: true, name: true, rowsIn: true, rowsKept: true, rowsDropped: true } } },
    // What lies beside it is found from it.
    where: { dataset: { besideId: null } },
    orderBy: { datasetId: "desc" },
    take: 1,
  },
} satisfies Prisma.UploadInclude;

type ViewRow = Prisma.UploadGetPayload<{ include: typeof viewInclude }>;
type RunRow = { id: string; state: string; progressFraction: number; step: string };

function toView(row: ViewRow, runs: Map<string, RunRow>): UploadView {
  const dataset = row.datasets[0]?.dataset;
  const run = row.runId ? runs.get(row.runId) : undefined;
  return {
    id: row.id,
    fileName: row.fileName,
    relativePath: row.relativePath,
    kind: row.kind,
    sizeBytes: Number(row.sizeBytes),
    state: row.state as UploadState,
    reason: row.reason,
    reasonCode: row.reasonCode,
    duplicateOf: row.duplicateOf && {
      uploadId: row.duplicateOf.id,
      fileName: row.duplicateOf.fileName,
      datasetId: row.duplicateOf.datasets[0]?.datasetId ?? null,
    },
    run: run ? { ...run, state: run.state as RunState } : null,
    dataset: dataset
      ? {
          ...dataset,
          rowsIn: Number(dataset.rowsIn),
          rowsKept: Number(dataset.rowsKept),
          rowsDropped: Number(dataset.rowsDropped),
        }
      : null,
    readBy: algorithmOfBundle(row.kind),
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
  };
}

async function withRuns(tx: Prisma.TransactionClient, rows: ViewRow[]): Promise<UploadView[]> {
  const ids = rows.flatMap((row) => (row.runId ? [row.runId] : []));
  const found = await tx.run.findMany({
    where: { id: { in: ids } },
    select: { id: true, state: true, progressFraction: true, step: true },
  });
  const runs = new Map(found.map((run) => [run.id, run]));
  return rows.map((row) => toView(row, runs));
}

export async function insertUpload(ctx: Ctx, { mapping, ...upload }: NewUpload): Promise<void> {
  await inWorkspace(ctx, (tx) =>
    tx.upload.create({
      data: {
        ...upload,
        workspaceId: ctx.workspaceId,
        sizeBytes: BigInt(upload.sizeBytes),
        createdAt: ctx.now,
        ...(mapping ? { mapping: mapping } : {}),
      },
    }),
  );
}

export function findUpload(ctx: Ctx, uploadId: string): Promise<UploadRecord | null> {
  return inWorkspace(ctx, async (tx) => {
    const row = await tx.upload.findFirst({ where: { id: uploadId, workspaceId: ctx.workspaceId } });
    return row && { ...row, sizeBytes: Number(row.sizeBytes), state: row.state as UploadState };
  });
}

export function findUploadView(ctx: Ctx, uploadId: string): Promise<UploadView | null> {
  return inWorkspace(ctx, async (tx) => {
    const row = await tx.upload.findFirst({
      where: { id: uploadId, workspaceId: ctx.workspaceId },
      include: viewInclude,
    });
    return row ? ((await withRuns(tx, [row]))[0] ?? null) : null;
  });
}

/** Checked files of these kinds, the newest first; the same bytes once. */
export function listUploadChoices(
  { workspaceId }: Pick<Ctx, "workspaceId">,
  { kinds, limit }: { kinds: string[]; limit: number },
): Promise<{ id: string; fileName: string; createdAt: Date }[]> {
  return inWorkspace({ workspaceId }, (tx) =>
    tx.upload.findMany({
      where: { workspaceId, kind: { in: kinds }, state: "checked", duplicateOfId: null },
      select: { id: true, fileName: true, createdAt: true },
      orderBy: { id: "desc" },
      take: limit,
    }),
  );
}

export function listUploads(
  ctx: Ctx,
  query: { cursor?: string | undefined; limit: number; state?: UploadState | undefined },
): Promise<Page<UploadView>> {
  const before = query.cursor ? decodeCursor(query.cursor, 1)[0] : undefined;
  return inWorkspace(ctx, async (tx) => {
    const rows = await tx.upload.findMany({
      where: {
        workspaceId: ctx.workspaceId,
        state: query.state ?? { not: "cancelled" },
        ...(before ? { id: { lt: before } } : {}),
      },
      include: viewInclude,
      orderBy: { id: "desc" },
      take: query.limit + 1,
    });
    return toPage(await withRuns(tx, rows), query.limit, (upload) => [upload.id]);
  });
}

/** The oldest kept upload with these bytes, by what the client said or what the check found. */
export function findUploadByHash(
  ctx: Ctx,
  sha256: string,
  exceptId: string,
): Promise<{
  id: string;
  fileName: string;
  kind: string;
  runId: string | null;
  artifactId: string;
  datasetId: string | null;
} | null> {
  return inWorkspace(ctx, async (tx) => {
    const row = await tx.upload.findFirst({
      where: {
        workspaceId: ctx.workspaceId,
        id: { not: exceptId },
        state: "checked",
        duplicateOfId: null,
        artifact: { sha256 },
      },
      orderBy: { id: "asc" },
      select: {
        id: true,
        fileName: true,
        kind: true,
        runId: true,
        artifactId: true,
        datasets: { select: { datasetId: true }, take: 1 },
      },
    });
    return row?.artifactId
      ? { ...row, artifactId: row.artifactId, datasetId: row.datasets[0]?.datasetId ?? null }
      : null;
  });
}

/** Moves an upload on only from one of the states named; answers whether this call did it. */
export async function advanceUpload(
  ctx: Pick<Ctx, "workspaceId">,
  uploadId: string,
  from: readonly UploadState[],
  change: {
    state: UploadState;
    etag?: string;
    sizeBytes?: number;
    kind?: string;
    storedAt?: Date;
    checkedAt?: Date;
    artifactId?: string;
    runId?: string | null;
    duplicateOfId?: string;
    reason?: string | null;
    reasonCode?: ReasonCode | null;
  },
): Promise<boolean> {
  const { sizeBytes, ...rest } = change;
  const done = await inWorkspace(ctx, (tx) =>
    tx.upload.updateMany({
      where: { id: uploadId, workspaceId: ctx.workspaceId, state: { in: [...from] } },
      data: { ...rest, ...(sizeBytes === undefined ? {} : { sizeBytes: BigInt(sizeBytes) }) },
    }),
  );
  return done.count === 1;
}

export async function setUploadMapping(ctx: Ctx, uploadId: string, kind: string, mapping: unknown): Promise<void> {
  await inWorkspace(ctx, (tx) =>
    tx.upload.updateMany({
      where: { id: uploadId, workspaceId: ctx.workspaceId },
      data: { kind, mapping: mapping as Prisma.InputJsonValue },
    }),
  );
}

/** Bytes the workspace stores or has promised to take, and what it may. */
export function readQuota(ctx: Ctx): Promise<{ usedBytes: number; quotaBytes: number }> {
  return inWorkspace(ctx, async (tx) => {
    // One connection answers one question at a time.
    const workspace = await tx.workspace.findUniqueOrThrow({
      where: { id: ctx.workspaceId },
      select: { quotaBytes: true },
    });
    const artifacts = await tx.artifact.aggregate({
      where: { workspaceId: ctx.workspaceId },
      _sum: { sizeBytes: true },
    });
    const arriving = await tx.upload.aggregate({
      where: { workspaceId: ctx.workspaceId, state: { in: ["signing", "uploading", "stored"] } },
      _sum: { sizeBytes: true },
    });
    return {
      usedBytes: Number(artifacts._sum.sizeBytes ?? 0n) + Number(arriving._sum.sizeBytes ?? 0n),
      quotaBytes: Number(workspace.quotaBytes),
    };
  });
}

/** Takes the row of a new artifact, or returns the one that already names these bytes. */
export function upsertArtifact(
  ctx: Ctx,
  artifact: { id: string; sha256: string; sizeBytes: number; mediaType: string; fileName: string; objectKey: string },
): Promise<{ id: string; objectKey: string }> {
  return inWorkspace(ctx, async (tx) => {
    const data = { ...artifact, sizeBytes: BigInt(artifact.sizeBytes), workspaceId: ctx.workspaceId };
    await tx.artifact.createMany({ data: [data], skipDuplicates: true });
    return tx.artifact.findUniqueOrThrow({
      where: { workspaceId_sha256: { workspaceId: ctx.workspaceId, sha256: artifact.sha256 } },
      select: { id: true, objectKey: true },
    });
  });
}

export async function findOldestWorkspaceId(): Promise<string | null> {
  const row = await asSystem((tx) => tx.workspace.findFirst({ orderBy: { createdAt: "asc" }, select: { id: true } }));
  return row?.id ?? null;
}

/** The run that an upload started, or why it started none. */
export async function setUploadRun(ctx: Ctx, uploadId: string, found: { runId: string } | { reason: string }) {
  const where = { id: uploadId, workspaceId: ctx.workspaceId };
  await inWorkspace(ctx, (tx) => tx.upload.updateMany({ where, data: found }));
}

export function listWorkspaceIds(): Promise<string[]> {
  return asSystem(async (tx) => (await tx.workspace.findMany({ select: { id: true } })).map((row) => row.id));
}

/** Uploads whose bytes may have arrived without anyone telling us, or never will. */
export function listUnsettledUploads(ctx: Pick<Ctx, "workspaceId">, olderThan: Date): Promise<UploadRecord[]> {
  return inWorkspace(ctx, async (tx) => {
    const rows = await tx.upload.findMany({
      where: {
        workspaceId: ctx.workspaceId,
        state: { in: ["signing", "uploading", "stored"] },
        createdAt: { lt: olderThan },
      },
      orderBy: { id: "asc" },
      take: 1000,
    });
    return rows.map((row) => ({ ...row, sizeBytes: Number(row.sizeBytes), state: row.state as UploadState }));
  });
}

export function findUploadIdByKey(ctx: Pick<Ctx, "workspaceId">, objectKey: string): Promise<string | null> {
  return inWorkspace(ctx, async (tx) => {
    const row = await tx.upload.findFirst({ where: { workspaceId: ctx.workspaceId, objectKey }, select: { id: true } });
    return row?.id ?? null;
  });
}

export interface ArtifactFile {
  fileName: string;
  mediaType: string;
  sizeBytes: number;
  sha256: string;
  objectKey: string;
}

export async function findArtifactFile(ctx: Ctx, artifactId: string): Promise<ArtifactFile> {
  const where = { id: artifactId, workspaceId: ctx.workspaceId };
  const row = await inWorkspace(ctx, (tx) => tx.artifact.findFirst({ where }));
  if (!row) throw new AppError("not_found", "There is no such file in this workspace.");
  const { fileName, mediaType, sha256, objectKey } = row;
  return { fileName, mediaType, sha256, objectKey, sizeBytes: Number(row.sizeBytes) };
}
