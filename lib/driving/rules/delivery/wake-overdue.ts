import { enqueueJob } from "#lib/jobs/enqueue";
import { sendWebhooksOf, tellPeopleOf } from "./job-requests.ts";
import { deleteOldDeliveries, listOverdueRules } from "./store.ts";

/** Starts again what was lost with a worker. */
export async function wakeOverdue(): Promise<void> {
  for (const { workspaceId, ruleId, isWebhook } of await listOverdueRules()) {
    const rule = { workspaceId, ruleId };
    await enqueueJob(rule, isWebhook ? sendWebhooksOf(rule) : tellPeopleOf(rule));
  }
  await deleteOldDeliveries();
}
