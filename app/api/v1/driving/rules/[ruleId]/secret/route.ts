import { ruleSecret } from "#lib/driving/rules/schema";
import { renewRuleSecret } from "#lib/driving/rules/service/change-rules";
import { drivingRuleParams } from "#lib/http/params";
import { route } from "#lib/http/route";

export const POST = route(
  {
    access: "driving:write",
    tag: "Driving",
    summary: "A new secret that signs a rule's webhooks, shown once",
    params: drivingRuleParams,
    response: ruleSecret,
    secretAnswer: true,
    audit: "driving_rule.secret_renewed",
  },
  ({ ctx, input }) => renewRuleSecret(ctx, input.params.ruleId),
);
