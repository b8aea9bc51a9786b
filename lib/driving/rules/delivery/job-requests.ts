import type { JobRequest } from "#lib/jobs/enqueue";

export interface OneRule {
  workspaceId: string;
  ruleId: string;
}

const requestOf = (name: string, rule: OneRule): JobRequest => ({
  ...{ name, payload: { ...rule }, key: `${name}:${rule.ruleId}` },
});

/** Tells people of a rule's alerts, or calls its webhooks: one waiting job of each for a rule, however many alerts. */
export const tellPeopleOf = (rule: OneRule): JobRequest => requestOf("tell-driving-alerts", rule);
export const sendWebhooksOf = (rule: OneRule): JobRequest => requestOf("send-driving-webhooks", rule);
