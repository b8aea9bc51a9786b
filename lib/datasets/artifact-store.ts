import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";

export function findArtifact(
  ctx: Ctx,
  artifactId: string,
): Promise<{ objectKey: string; fileName: string; mediaType: string } | null> {
  return inWorkspace(ctx, (tx) =>
    tx.artifact.findFirst({
      where: { id: artifactId, workspaceId: ctx.workspaceId },
      select: { objectKey: true, fileName: true, mediaType: true },
    }),
  );
}
