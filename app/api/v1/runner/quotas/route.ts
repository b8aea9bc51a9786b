import { route } from "#lib/http/route";
import { changeRunnerQuotas, runnerQuotas } from "#lib/runner/schema";
import { changeQuotas, getQuotas } from "#lib/runner/service/quotas";

export const GET = route(
  {
    access: "runner:read",
    tag: "Runner",
    summary: "What the workspace's apps may use, and have used this month",
    response: runnerQuotas,
  },
  ({ ctx }) => getQuotas(ctx),
);

export const PUT = route(
  {
    access: "workspace:manage",
    tag: "Runner",
    summary: "Set how many runs of apps there may be at once, and their CPU-hours in a month",
    body: changeRunnerQuotas,
    response: runnerQuotas,
    audit: "runner_quotas.changed",
  },
  ({ ctx, input }) => changeQuotas(ctx, input.body),
);
