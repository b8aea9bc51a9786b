import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";

export interface StoredArtifact {
  objectKey: string;
  fileName: string;
  mediaType: string;
  sizeBytes: number;
  sha256: string;
}

export async function findArtifact(ctx: Ctx, artifactId: string): Promise<StoredArtifact | null> {
  const row = await inWorkspace(ctx, (tx) =>
    tx.artifact.findFirst({
      where: { id: artifactId, workspaceId: ctx.workspaceId },
      select: { objectKey: true, fileName: true, mediaType: true, sizeBytes: true, sha256: true },
    }),
  );
  return row && { ...row, sizeBytes: Number(row.sizeBytes) };
}
