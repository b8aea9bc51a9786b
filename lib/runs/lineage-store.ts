import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";

export interface RunLineage {
  files: { uploadId: string; fileName: string; sizeBytes: number; state: string }[];
  datasets: { id: string; name: string; rowsKept: number }[];
  /** The dataset this run made. */
  made: { id: string; name: string; rowsKept: number } | null;
}

const datasetSelect = { id: true, name: true, rowsKept: true } as const;
const uploadSelect = { id: true, fileName: true, sizeBytes: true, state: true } as const;

interface UploadRow {
  id: string;
  fileName: string;
  sizeBytes: bigint;
  state: string;
}

/** Back from a run to the files its numbers come from, directly or through the datasets it read. */
export function findRunLineage(ctx: Ctx, runId: string): Promise<RunLineage> {
  return inWorkspace(ctx, async (tx) => {
    const inputs = await tx.runArtifact.findMany({
      where: { workspaceId: ctx.workspaceId, runId, direction: "input" },
      select: {
        artifact: {
          select: {
            uploads: { select: uploadSelect, take: 1 },
            datasetTables: { select: { ...datasetSelect, uploads: { select: { upload: { select: uploadSelect } } } } },
          },
        },
      },
    });
    const made = await tx.dataset.findFirst({ where: { workspaceId: ctx.workspaceId, runId }, select: datasetSelect });
    const datasets = inputs.flatMap(({ artifact }) => artifact.datasetTables);
    const uploads: UploadRow[] = [
      ...inputs.flatMap(({ artifact }) => artifact.uploads),
      ...datasets.flatMap((dataset) => dataset.uploads.map(({ upload }) => upload)),
    ];
    const files = new Map(
      uploads.map(({ id, ...upload }) => [id, { ...upload, uploadId: id, sizeBytes: Number(upload.sizeBytes) }]),
    );
    return {
      files: [...files.values()],
      datasets: datasets.map(({ id, name, rowsKept }) => ({ id, name, rowsKept: Number(rowsKept) })),
      made: made && { ...made, rowsKept: Number(made.rowsKept) },
    };
  });
}
