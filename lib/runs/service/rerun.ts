import type { Ctx } from "#lib/auth/context";
import type { CreatedRun } from "../schema.ts";
import { createRun } from "./create-run.ts";
import { getRun } from "./get-run.ts";

/** The same computation again, or with changed parameters; the new run remembers which it follows. */
export async function rerun(
  ctx: Ctx,
  runId: string,
  change: { params?: Record<string, unknown> | undefined; recompute: boolean },
): Promise<CreatedRun> {
  const earlier = await getRun(ctx, runId);
  return createRun(ctx, {
    algorithm: earlier.algorithm,
    params: change.params ?? earlier.params,
    inputs: earlier.inputs,
    recompute: change.recompute,
    rerunOfId: earlier.id,
  });
}
