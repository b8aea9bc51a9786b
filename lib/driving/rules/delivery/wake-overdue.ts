import { enqueueJob } from "#lib/jobs/enqueue";
import { deleteOldDeliveries, listOverdueRules } from "./store.ts";

/** Starts again what was lost with a worker. */
export async function wakeOverdue(): Promise<void> {
  for (const { workspaceId, ruleId, isWebhook } of await listOverdueRules()) {
    const name = isWebhook ? "send-driving-webhooks" : "tell-driving-alerts";
    await enqueueJob({ workspaceId }, { name, payload: { workspaceId, ruleId }, key: `${name}:${ruleId}` });
  }
  await deleteOldDeliveries();
}
