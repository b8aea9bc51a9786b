import type { Ctx } from "#lib/auth/context";
import { openSecret } from "#lib/secrets/seal";
import { requirePipeline } from "../store.ts";

/** A sealed secret opens only for the pipeline it was given to. */
export const secretContext = (ctx: Pick<Ctx, "workspaceId">, pipelineId: string) =>
  `pipeline/${ctx.workspaceId}/${pipelineId}`;

/** The key of a pipeline's source, for the worker that asks it; null without one. */
export async function openPipelineSecret(ctx: Ctx, pipelineId: string): Promise<string | null> {
  const { sealedSecret } = await requirePipeline(ctx, pipelineId);
  return sealedSecret === null ? null : openSecret(sealedSecret, secretContext(ctx, pipelineId));
}
