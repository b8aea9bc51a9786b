import { inWorkspace } from "#lib/db/client";
import { env } from "#lib/env";
import { enqueueJob } from "#lib/jobs/enqueue";
import { notify } from "#lib/notifications/service/notify";
import { filterMembers } from "#lib/workspaces/member-store";
import { composeDigest } from "./core/compose.ts";
import { tellPeopleOf, type OneRule } from "./job-requests.ts";
import { failAllWaiting, failDeliveries, lockRule, markDigest, takeForPeople } from "./store.ts";

/** People hear of a rule at most this often; what comes meanwhile is one letter. */
const DIGEST_PAUSE_MS = 60_000;

/**
 * Tells people of what a rule has raised: the first alert at once, a burst in one letter a minute. What is told and
 * that it was told is one transaction, so that a worker that dies tells neither nothing nor twice.
 */
export async function tellPeople({ workspaceId, ruleId }: OneRule, now: Date): Promise<void> {
  const scope = { workspaceId };
  await inWorkspace(scope, async () => {
    const rule = await lockRule(scope, ruleId);
    if (!rule) return failAllWaiting(scope, ruleId, "The rule was deleted before this was told.");
    const dueMs = (rule.lastDigestAt?.getTime() ?? -Infinity) + DIGEST_PAUSE_MS;
    if (dueMs > now.getTime()) {
      return enqueueJob(scope, { ...tellPeopleOf({ workspaceId, ruleId }), runAt: new Date(dueMs) });
    }
    const taken = await takeForPeople(scope, ruleId, now);
    const [first] = taken;
    if (!first) return;
    await markDigest(scope, ruleId, now);
    const letters = taken.filter(({ channel }) => channel === "email");
    const hasMail = Boolean(env().SMTP_URL);
    if (!hasMail) await failDeliveries(scope, idsOf(letters), "No mail server is set (SMTP_URL).");
    const members = await filterMembers(scope, rule.delivery.memberIds);
    if (members.length === 0) {
      return failDeliveries(scope, idsOf(taken), "Nobody whom the rule tells belongs to the workspace any more.");
    }
    const alerts = [...new Map(taken.map((alert) => [alert.alertId, alert])).values()];
    const letter = composeDigest(alerts, { ruleId, ruleName: rule.name });
    const channels = { inbox: letters.length < taken.length, email: hasMail && letters.length > 0 };
    for (const userId of members) {
      const dedupeKey = `driving-digest:${first.deliveryId}`;
      await notify(scope, { ...letter, userId, kind: "driving_alert", dedupeKey }, channels);
    }
  });
}

const idsOf = (taken: readonly { deliveryId: string }[]) => taken.map(({ deliveryId }) => deliveryId);
