import { route } from "#lib/http/route";
import { runnerStatus as runnerStatusSchema } from "#lib/runner/schema";
import { runnerStatus } from "#lib/runner/service/runner-status";

export const GET = route(
  {
    access: "runner:read",
    tag: "Runner",
    summary: "Where apps run, and the reason when they cannot",
    response: runnerStatusSchema,
  },
  () => runnerStatus(),
);
