import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";

export interface RecordTable {
  no: number;
  name: string;
  artifactId: string;
  objectKey: string;
  sha256: string;
}

/** Number of the record that arrived last; 0 = none has. */
export function findLastArrival(ctx: Ctx): Promise<number> {
  return inWorkspace(ctx, async (tx) => {
    const [found] = await tx.$queryRaw<{ seq: bigint | null }[]>`
      select max(seq) as seq from driving_records where workspace_id = ${ctx.workspaceId}::uuid`;
    return Number(found?.seq ?? 0);
  });
}

/** Tables of driving records, oldest dataset first; null = all of the workspace. */
export function findRecordTables(ctx: Ctx, datasetIds: readonly string[] | null): Promise<RecordTable[]> {
  return inWorkspace(ctx, async (tx) => {
    const rows = await tx.dataset.findMany({
      where: {
        workspaceId: ctx.workspaceId,
        kind: "driving-records",
        tableArtifactId: { not: null },
        ...(datasetIds === null ? {} : { id: { in: [...datasetIds] } }),
      },
      orderBy: { no: "asc" },
      select: { no: true, name: true, table: { select: { id: true, objectKey: true, sha256: true } } },
    });
    return rows.flatMap(({ no, name, table }) =>
      table ? [{ no, name, artifactId: table.id, objectKey: table.objectKey, sha256: table.sha256 }] : [],
    );
  });
}
