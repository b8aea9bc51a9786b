import type { Ctx } from "#lib/auth/context";
import type { Page } from "#lib/http/pagination";
import { listAppRuns } from "../app-view-store.ts";
import type { AppRunSummary } from "../schema.ts";
import { requireApp } from "../store.ts";

export async function listRunsOfApp(
  ctx: Ctx,
  appId: string,
  query: { cursor?: string | undefined; limit: number },
): Promise<Page<AppRunSummary>> {
  await requireApp(ctx, appId);
  return listAppRuns(ctx, appId, query);
}
