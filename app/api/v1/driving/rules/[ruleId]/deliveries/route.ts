import { listDeliveries } from "#lib/driving/rules/delivery/store";
import { deliveriesQuery, delivery } from "#lib/driving/rules/schema";
import { requireRule } from "#lib/driving/rules/store";
import { drivingRuleParams } from "#lib/http/params";
import { pageOf } from "#lib/http/pagination";
import { route } from "#lib/http/route";

export const GET = route(
  {
    access: "driving:read",
    tag: "Driving",
    summary: "What a rule told, and what became of it, newest first",
    params: drivingRuleParams,
    query: deliveriesQuery,
    response: pageOf(delivery),
  },
  async ({ ctx, input }) => {
    await requireRule(ctx, input.params.ruleId);
    return listDeliveries(ctx, input.params.ruleId, input.query);
  },
);
