import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { publish } from "#lib/live/publish";
import { FAULT_CHECK_PREFIX } from "../../check-store.ts";
import type { FaultReviewState } from "../schema.ts";
import { dropFlagsOfFault, findFault, insertReview, type StoredDetail } from "../store.ts";

export async function getFault(ctx: Ctx, faultId: string): Promise<StoredDetail> {
  const fault = await findFault(ctx, faultId);
  if (!fault) throw new AppError("not_found", "There is no such fault in this workspace.");
  return fault;
}

/** Confirms, disputes, explains by maintenance, or takes that back. What was said before stays in the history. */
export async function reviewFault(
  ctx: Ctx,
  faultId: string,
  review: { verdict: FaultReviewState; comment: string },
): Promise<StoredDetail> {
  if (!(await insertReview(ctx, faultId, review))) {
    throw new AppError("not_found", "There is no such fault in this workspace.");
  }
  if (review.verdict === "disputed" || review.verdict === "maintenance") {
    await dropFlagsOfFault(ctx, faultId, FAULT_CHECK_PREFIX);
  }
  await publish({ workspaceId: ctx.workspaceId, topic: "sensor", id: "faults" });
  return getFault(ctx, faultId);
}
