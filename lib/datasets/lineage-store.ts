import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";

export interface DatasetUse {
  /** Runs that read the dataset's table. */
  runCount: number;
  lastRun: { id: string; title: string } | null;
}

export function findDatasetUse(ctx: Ctx, tableArtifactId: string): Promise<DatasetUse> {
  return inWorkspace(ctx, async (tx) => {
    const where = {
      workspaceId: ctx.workspaceId,
      artifacts: { some: { artifactId: tableArtifactId, direction: "input" } },
    };
    const runCount = await tx.run.count({ where });
    const lastRun = await tx.run.findFirst({ where, orderBy: { id: "desc" }, select: { id: true, title: true } });
    return { runCount, lastRun };
  });
}
