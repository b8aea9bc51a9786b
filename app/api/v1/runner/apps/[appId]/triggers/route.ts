import { z } from "zod";
import { appParams } from "#lib/http/params";
import { route } from "#lib/http/route";
import { createTrigger, listTriggers } from "#lib/runner/triggers/manage-triggers";
import { appTrigger, createdTrigger, createTriggerInput } from "#lib/runner/triggers/schema";

export const GET = route(
  {
    access: "runner:read",
    tag: "Runner",
    summary: "Schedules and webhooks of an app",
    params: appParams,
    response: z.object({ items: z.array(appTrigger) }),
  },
  async ({ ctx, input }) => ({ items: await listTriggers(ctx, input.params.appId) }),
);

export const POST = route(
  {
    access: "runner:write",
    tag: "Runner",
    summary: "Let a schedule or signed requests start an app on a stored zip; a webhook's secret is shown this once",
    params: appParams,
    body: createTriggerInput,
    response: createdTrigger,
    status: 201,
    secretAnswer: true,
    audit: "app_trigger.created",
  },
  ({ ctx, input }) => createTrigger(ctx, input.params.appId, input.body),
);
