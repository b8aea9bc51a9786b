import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import type { AppExecution } from "../schema.ts";
import { findAppExecution as findStored } from "../app-view-store.ts";

/** Null for other runs and those that have not begun. */
export function findAppExecution(ctx: Ctx, runId: string): Promise<AppExecution | null> {
  return findStored(ctx, runId);
}

export async function getAppExecution(ctx: Ctx, runId: string): Promise<AppExecution> {
  const execution = await findAppExecution(ctx, runId);
  if (!execution) throw new AppError("not_found", "This is no run of an app in this workspace, or it has not begun.");
  return execution;
}
