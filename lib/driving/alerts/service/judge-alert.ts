import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { FeedChanges } from "../../ingest/feed-changes.ts";
import { inFeed } from "../../ingest/feed-store.ts";
import type { DrivingAlertRow, VerdictInput } from "../schema.ts";
import { findAlert, updateVerdict } from "../store.ts";

/** Acknowledges or excuses an alert; every viewer sees it at once. */
export function judgeAlert(ctx: Ctx, alertId: string, input: VerdictInput): Promise<DrivingAlertRow> {
  return inFeed(ctx, async (open) => {
    const byLabel = ctx.actor.label;
    const isKnown = await updateVerdict(open, { ...input, alertId, byLabel });
    const alert = isKnown ? await findAlert(open, alertId) : null;
    if (!alert) throw new AppError("not_found", "There is no such alert in this workspace.");
    const changes = new FeedChanges(open);
    changes.say("alert", { episodeId: alertId, driver: alert.driver, ...input, byLabel });
    await changes.save(null);
    return alert;
  });
}
