import { runParams } from "#lib/http/params";
import { route } from "#lib/http/route";
import { runDetail } from "#lib/runs/schema";
import { cancelRun } from "#lib/runs/service/cancel-run";

export const POST = route(
  {
    access: "runs:create",
    tag: "Runs",
    summary: "Cancel a run at any moment",
    params: runParams,
    response: runDetail,
    audit: "run.cancelled",
  },
  ({ ctx, input }) => cancelRun(ctx, input.params.runId),
);
