import type { Ctx } from "#lib/auth/context";
import { createRun } from "#lib/runs/service/create-run";
import { judgingRequests } from "./judging-requests.ts";

/** Devices post what they measured lately; a month holds what a sensor usually does, too. */
const POSTED_WINDOW_MS = 30 * 86_400_000;

/** Judges what files brought; with unchanged data the stored results answer, so asking often costs nothing. */
export async function checkNewReadings(ctx: Ctx): Promise<void> {
  for (const request of await judgingRequests(ctx)) await createRun(ctx, { ...request, trigger: "upload" });
}

/** Judges the last month, in which everything that devices post lies. */
export async function checkPostedReadings(ctx: Ctx): Promise<void> {
  const requests = await judgingRequests(ctx, ctx.now.getTime() - POSTED_WINDOW_MS);
  for (const request of requests) await createRun(ctx, { ...request, trigger: "upload" });
}
