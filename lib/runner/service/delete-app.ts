import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { listAppRuns } from "../app-view-store.ts";
import { deleteAppRow, requireApp } from "../store.ts";

/** Removes an app that has never run. One that has is archived instead: its runs go on naming it. */
export async function deleteApp(ctx: Ctx, appId: string): Promise<void> {
  const app = await requireApp(ctx, appId);
  const { items } = await listAppRuns(ctx, appId, { limit: 1 });
  if (items.length > 0) {
    throw new AppError("conflict", `${app.name} has runs, which need it to stay. Archive it instead.`);
  }
  await deleteAppRow(ctx, appId);
}
