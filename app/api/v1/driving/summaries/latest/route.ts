import { redirectToLatestSummary } from "#lib/driving/summary/service/latest-summary";
import { route } from "#lib/http/route";

export const GET = route(
  {
    access: "runs:read",
    tag: "Driving",
    summary: "Leads to the result of the newest driving summary, whose own address always means the same",
    produces: ["application/json"],
  },
  ({ ctx }) => redirectToLatestSummary(ctx),
);
