import { rule, ruleInput } from "#lib/driving/rules/schema";
import { changeRule, deleteRule } from "#lib/driving/rules/service/change-rules";
import { readRule } from "#lib/driving/rules/service/read-rules";
import { drivingRuleParams } from "#lib/http/params";
import { route } from "#lib/http/route";

export const GET = route(
  { access: "driving:read", tag: "Driving", summary: "An alert rule", params: drivingRuleParams, response: rule },
  ({ ctx, input }) => readRule(ctx, input.params.ruleId),
);

export const PUT = route(
  {
    access: "driving:write",
    tag: "Driving",
    summary: "Change an alert rule; the change applies to records that arrive after it",
    params: drivingRuleParams,
    body: ruleInput,
    response: rule,
    audit: "driving_rule.changed",
  },
  ({ ctx, input }) => changeRule(ctx, input.params.ruleId, input.body),
);

export const DELETE = route(
  {
    access: "driving:write",
    tag: "Driving",
    summary: "Delete an alert rule; its alerts stay",
    params: drivingRuleParams,
    audit: "driving_rule.deleted",
  },
  ({ ctx, input }) => deleteRule(ctx, input.params.ruleId),
);
