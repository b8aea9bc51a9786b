import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import type { RunDetail } from "../schema.ts";
import { findRun } from "../store.ts";

export async function getRun(ctx: Ctx, runId: string): Promise<RunDetail> {
  const run = await findRun(ctx, runId);
  if (!run) throw new AppError("not_found", "There is no such run in this workspace.");
  return run;
}
