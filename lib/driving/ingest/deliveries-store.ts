import type { PoolClient } from "pg";
import { newId } from "#lib/ids";
import { sendWebhooksOf, tellPeopleOf } from "../rules/delivery/job-requests.ts";
import type { RuleTerms } from "../rules/core/rule.ts";

/** An alert that has just been raised, and who is to be told of it. */
export interface AlertToDeliver {
  alertId: string;
  ruleId: string;
  channels: RuleTerms["channels"];
}

/**
 * Writes down what is to be told, and wakes who tells it: in the transaction of the alerts, so that none is told that
 * is not stored, and none stored that is not told. One job for a rule, however many alerts there are.
 */
export async function saveDeliveries(
  client: PoolClient,
  { workspaceId, nowMs, alerts }: { workspaceId: string; nowMs: number; alerts: readonly AlertToDeliver[] },
): Promise<void> {
  const rows = alerts.flatMap(({ alertId, ruleId, channels }) => {
    const { inbox, email, webhookUrls } = channels;
    const of = (channel: string, target = "") => ({ id: newId(), alertId, ruleId, channel, target });
    return [
      ...(inbox ? [of("inbox")] : []),
      ...(email ? [of("email")] : []),
      ...Array.from(new Set(webhookUrls), (url) => of("webhook", url)),
    ];
  });
  if (rows.length === 0) return;
  await client.query({
    name: "driving-save-deliveries",
    text: `insert into driving_deliveries (workspace_id, id, alert_id, rule_id, channel, target, next_at, created_at)
      select $1, n.id, n.alert_id, n.rule_id, n.channel, n.target, to_timestamp($2::float8 / 1000), to_timestamp($2::float8 / 1000)
      from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[]) as n(id, alert_id, rule_id, channel, target)
      on conflict (alert_id, channel, target) do nothing`,
    values: [
      ...[workspaceId, nowMs],
      rows.map(({ id }) => id),
      rows.map(({ alertId }) => alertId),
      rows.map(({ ruleId }) => ruleId),
      rows.map(({ channel }) => channel),
      rows.map(({ target }) => target),
    ],
  });
  const jobs = new Map(
    rows.map(({ ruleId, channel }) => {
      const rule = { workspaceId, ruleId };
      const { key, name, payload } = channel === "webhook" ? sendWebhooksOf(rule) : tellPeopleOf(rule);
      return [key, { name, payload: JSON.stringify(payload) }];
    }),
  );
  await client.query({
    name: "driving-enqueue-deliveries",
    text: `select enqueue_job(n.name, n.payload, n.key, now(), 5, null)
      from unnest($1::text[], $2::json[], $3::text[]) as n(name, payload, key)`,
    values: [
      [...jobs.values()].map(({ name }) => name),
      [...jobs.values()].map(({ payload }) => payload),
      [...jobs.keys()],
    ],
  });
}
