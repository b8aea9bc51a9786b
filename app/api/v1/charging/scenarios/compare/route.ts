import { compareQuery, comparison } from "#lib/charging/scenarios/schema";
import { compareScenarios } from "#lib/charging/scenarios/service/compare-scenarios";
import { route } from "#lib/http/route";

export const GET = route(
  {
    access: "charging:read",
    tag: "Charging",
    summary: "Two to four scenarios side by side",
    query: compareQuery,
    response: comparison,
  },
  async ({ ctx, input }) => comparison.parse(await compareScenarios(ctx, input.query.ids)),
);
