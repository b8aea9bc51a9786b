import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import type { AppExecution } from "../schema.ts";
import { findAppExecution } from "../app-view-store.ts";

export async function getAppExecution(ctx: Ctx, runId: string): Promise<AppExecution> {
  const execution = await findAppExecution(ctx, runId);
  if (!execution) throw new AppError("not_found", "This is no run of an app in this workspace, or it has not begun.");
  return execution;
}
