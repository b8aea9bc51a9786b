import { z } from "zod";
import type { Ctx } from "#lib/auth/context";
import { findExecutionByNo, listExecutions } from "../execution-store.ts";
import type { ExecutionDetail, ExecutionSummary, PipelineDetail } from "../schema.ts";
import { getExecution } from "./get-execution.ts";
import { getPipeline } from "./get-pipeline.ts";

const HISTORY = 25;
/** An address typed wrong shows the newest run. */
const addressQuery = z.object({
  run: z.coerce.number().int().positive().optional().catch(undefined),
  cursor: z.string().optional().catch(undefined),
});

export interface PipelinePage {
  pipeline: PipelineDetail;
  /** The run that is shown: the newest, or the one of the address. */
  shown: ExecutionDetail | null;
  history: ExecutionSummary[];
  nextCursor: string | null;
  cursor: string | undefined;
}

export async function readPipelinePage(
  ctx: Ctx,
  pipelineId: string,
  params: Record<string, unknown>,
): Promise<PipelinePage> {
  const { run, cursor } = addressQuery.parse(params);
  const pipeline = await getPipeline(ctx, pipelineId);
  const { items, nextCursor } = await listExecutions(ctx, pipelineId, { cursor, limit: HISTORY });
  const asked = run === undefined ? undefined : await findExecutionByNo(ctx, pipelineId, run);
  const shownId = asked ?? pipeline.last?.id;
  const shown = shownId === undefined ? null : await getExecution(ctx, shownId);
  return { pipeline, shown, history: items, nextCursor, cursor };
}
