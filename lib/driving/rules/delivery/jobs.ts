import { z } from "zod";
import { defineJob } from "#lib/jobs/define";
import { sendWebhooks } from "./send-webhooks.ts";
import { tellPeople } from "./tell-people.ts";

const payload = z.object({ workspaceId: z.uuid(), ruleId: z.uuid() });

export const tellDrivingAlertsJob = defineJob({
  name: "tell-driving-alerts",
  payload,
  maxAttempts: 5,
  timeoutS: 60,
  run: (rule) => tellPeople(rule, new Date()),
});

export const sendDrivingWebhooksJob = defineJob({
  name: "send-driving-webhooks",
  payload,
  maxAttempts: 5,
  timeoutS: 60,
  run: sendWebhooks,
});
