import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import type { Prisma } from "#lib/db/generated/client";
import { decodeCursor, toPage, type Page } from "#lib/http/pagination";
import { newId } from "#lib/ids";
import { type ColumnMapping, columnMapping } from "./core/mapping.ts";
import { qualityReport, type QualityReport } from "./core/quality-report.ts";

export async function findSavedMapping(ctx: Ctx, kind: string, headerSignature: string): Promise<ColumnMapping | null> {
  const { workspaceId } = ctx;
  const row = await inWorkspace(ctx, (tx) =>
    tx.columnMapping.findUnique({
      where: { workspaceId_kind_headerSignature: { workspaceId, kind, headerSignature } },
      select: { mapping: true },
    }),
  );
  const parsed = columnMapping.safeParse(row?.mapping);
  return parsed.success ? parsed.data : null;
}

export async function saveMapping(
  ctx: Ctx,
  saved: { kind: string; name: string; headerSignature: string; mapping: ColumnMapping },
): Promise<void> {
  const { workspaceId } = ctx;
  const { kind, headerSignature, name } = saved;
  const mapping = saved.mapping as unknown as Prisma.InputJsonValue;
  await inWorkspace(ctx, (tx) =>
    tx.columnMapping.upsert({
      where: { workspaceId_kind_headerSignature: { workspaceId, kind, headerSignature } },
      create: { id: newId(), workspaceId, kind, headerSignature, name, mapping },
      update: { name, mapping },
    }),
  );
}

export interface DatasetRecord {
  id: string;
  kind: string;
  name: string;
  description: string;
  runId: string;
  rowsIn: number;
  rowsKept: number;
  rowsDropped: number;
  rowsAlreadyStored: number;
  report: QualityReport;
  createdAt: Date;
  table: StoredTable | null;
  rejects: StoredTable | null;
  uploads: { id: string; fileName: string; sizeBytes: number; sha256: string | null }[];
}

export interface StoredTable {
  artifactId: string;
  objectKey: string;
  sha256: string;
  sizeBytes: number;
}

const include = {
  beside: { select: { runId: true } },
  table: true,
  rejects: true,
  uploads: {
    select: {
      upload: { select: { id: true, fileName: true, sizeBytes: true, artifact: { select: { sha256: true } } } },
    },
  },
} satisfies Prisma.DatasetInclude;

type Row = Prisma.DatasetGetPayload<{ include: typeof include }>;

const toTable = (artifact: Row["table"]): StoredTable | null =>
  artifact && {
    artifactId: artifact.id,
    objectKey: artifact.objectKey,
    sha256: artifact.sha256,
    sizeBytes: Number(artifact.sizeBytes),
  };

function toRecord(row: Row): DatasetRecord {
  return {
    ...row,
    runId: row.runId ?? row.beside?.runId ?? "",
    rowsIn: Number(row.rowsIn),
    rowsKept: Number(row.rowsKept),
    rowsDropped: Number(row.rowsDropped),
    rowsAlreadyStored: Number(row.rowsAlreadyStored),
    report: qualityReport.parse(row.qualityReport),
    table: toTable(row.table),
    rejects: toTable(row.rejects),
    uploads: row.uploads.map(({ upload }) => ({
      id: upload.id,
      fileName: upload.fileName,
      sizeBytes: Number(upload.sizeBytes),
      sha256: upload.artifact?.sha256 ?? null,
    })),
  };
}

export function findDataset(ctx: Ctx, datasetId: string): Promise<DatasetRecord | null> {
  return inWorkspace(ctx, async (tx) => {
    const row = await tx.dataset.findFirst({ where: { id: datasetId, workspaceId: ctx.workspaceId }, include });
    return row && toRecord(row);
  });
}

/** Datasets that a run may take as its input, the newest first. */
export function listDatasetChoices(
  { workspaceId }: Pick<Ctx, "workspaceId">,
  { kinds, limit }: { kinds: string[]; limit: number },
): Promise<{ id: string; name: string; rowsKept: number; createdAt: Date }[]> {
  return inWorkspace({ workspaceId }, async (tx) => {
    const rows = await tx.dataset.findMany({
      where: { workspaceId, kind: { in: kinds } },
      select: { id: true, name: true, rowsKept: true, createdAt: true },
      orderBy: { id: "desc" },
      take: limit,
    });
    return rows.map((row) => ({ ...row, rowsKept: Number(row.rowsKept) }));
  });
}

export function listDatasets(
  ctx: Ctx,
  query: { cursor?: string | undefined; limit: number; kind?: string | undefined },
): Promise<Page<DatasetRecord>> {
  const before = query.cursor ? decodeCursor(query.cursor, 1)[0] : undefined;
  return inWorkspace(ctx, async (tx) => {
    const rows = await tx.dataset.findMany({
      where: {
        workspaceId: ctx.workspaceId,
        ...(before ? { id: { lt: before } } : {}),
        ...(query.kind ? { kind: query.kind } : {}),
      },
      include,
      orderBy: { id: "desc" },
      take: query.limit + 1,
    });
    return toPage(rows.map(toRecord), query.limit, (dataset) => [dataset.id]);
  });
}

/** Another upload with the same content points at the dataset that its twin made. */
export async function linkUpload(ctx: Ctx, datasetId: string, uploadId: string): Promise<void> {
  await inWorkspace(ctx, (tx) =>
    tx.datasetUpload.createMany({
      data: [{ datasetId, uploadId, workspaceId: ctx.workspaceId }],
      skipDuplicates: true,
    }),
  );
}

/** Every mapping saved for a header, whatever the kind; one that no longer fits its schema is left out. */
export async function listSavedMappings(
  ctx: Ctx,
  headerSignature: string,
): Promise<{ name: string; mapping: ColumnMapping }[]> {
  const rows = await inWorkspace(ctx, (tx) =>
    tx.columnMapping.findMany({
      where: { workspaceId: ctx.workspaceId, headerSignature },
      orderBy: { createdAt: "desc" },
      select: { name: true, mapping: true },
    }),
  );
  return rows.flatMap(({ name, mapping }) => {
    const parsed = columnMapping.safeParse(mapping);
    return parsed.success ? [{ name, mapping: parsed.data }] : [];
  });
}
