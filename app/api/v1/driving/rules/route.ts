import { z } from "zod";
import { rule, ruleInput } from "#lib/driving/rules/schema";
import { createRule } from "#lib/driving/rules/service/change-rules";
import { readRules } from "#lib/driving/rules/service/read-rules";
import { route } from "#lib/http/route";

export const GET = route(
  {
    access: "driving:read",
    tag: "Driving",
    summary: "The workspace's own alert rules",
    response: z.object({ items: z.array(rule) }),
  },
  async ({ ctx }) => ({ items: await readRules(ctx) }),
);

export const POST = route(
  {
    access: "driving:write",
    tag: "Driving",
    summary: "Add an alert rule; it judges the records that arrive from now on",
    body: ruleInput,
    response: rule,
    status: 201,
    audit: "driving_rule.created",
  },
  ({ ctx, input }) => createRule(ctx, input.body),
);
