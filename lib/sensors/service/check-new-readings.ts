import type { Ctx } from "#lib/auth/context";
import { createRun } from "#lib/runs/service/create-run";

/** Checks the whole workspace; with unchanged data the stored result answers, so asking often costs nothing. */
export async function checkNewReadings(ctx: Ctx): Promise<void> {
  await createRun(ctx, { algorithm: "range-step-stuck", params: {}, inputs: {}, trigger: "upload" });
}
