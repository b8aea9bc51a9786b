import { deliveriesQuery, delivery } from "#lib/driving/rules/schema";
import { readDeliveries } from "#lib/driving/rules/service/read-rules";
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
  ({ ctx, input }) => readDeliveries(ctx, input.params.ruleId, input.query),
);
