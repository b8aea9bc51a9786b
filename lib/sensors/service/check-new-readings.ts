import type { Ctx } from "#lib/auth/context";
import { createRun } from "#lib/runs/service/create-run";
import { detectionRequest } from "../faults/service/request-detection.ts";

/**
 * Checks the whole workspace and looks for faults; with unchanged data the stored results answer, so asking often
 * costs nothing.
 */
export async function checkNewReadings(ctx: Ctx): Promise<void> {
  await createRun(ctx, { algorithm: "range-step-stuck", params: { onlyNew: true }, inputs: {}, trigger: "upload" });
  await createRun(ctx, { algorithm: "check-network", params: {}, inputs: {}, trigger: "upload" });
  await createRun(ctx, { ...(await detectionRequest(ctx)), trigger: "upload" });
}

/** Devices post what they measured lately; a month holds what a sensor usually does, too. */
const POSTED_WINDOW_MS = 30 * 86_400_000;

/** Checks the last month, in which everything that devices post lies. */
export async function checkPostedReadings(ctx: Ctx): Promise<void> {
  const inputs = { fromMs: ctx.now.getTime() - POSTED_WINDOW_MS };
  await createRun(ctx, { algorithm: "range-step-stuck", params: {}, inputs, trigger: "upload" });
  await createRun(ctx, { algorithm: "check-network", params: {}, inputs: {}, trigger: "upload" });
  await createRun(ctx, { ...(await detectionRequest(ctx)), trigger: "upload" });
}
