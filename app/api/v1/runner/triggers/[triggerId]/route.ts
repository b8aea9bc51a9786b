import { z } from "zod";
import { appTriggerParams } from "#lib/http/params";
import { route } from "#lib/http/route";
import { changeTrigger, deleteTrigger } from "#lib/runner/triggers/manage-triggers";
import { appTrigger, changeTriggerInput } from "#lib/runner/triggers/schema";

export const PATCH = route(
  {
    access: "runner:write",
    tag: "Runner",
    summary: "Switch a schedule or webhook of an app on or off",
    params: appTriggerParams,
    body: changeTriggerInput,
    response: appTrigger,
    audit: "app_trigger.changed",
  },
  ({ ctx, input }) => changeTrigger(ctx, input.params.triggerId, input.body),
);

export const DELETE = route(
  {
    access: "runner:write",
    tag: "Runner",
    summary: "Remove a schedule or webhook of an app",
    params: appTriggerParams,
    response: z.object({ removed: z.boolean() }),
    audit: "app_trigger.removed",
  },
  async ({ ctx, input }) => {
    await deleteTrigger(ctx, input.params.triggerId);
    return { removed: true };
  },
);
