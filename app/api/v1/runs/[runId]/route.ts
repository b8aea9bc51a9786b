import { runParams } from "#lib/http/params";
import { route } from "#lib/http/route";
import { runDetail } from "#lib/runs/schema";
import { getRun } from "#lib/runs/service/get-run";

export const GET = route(
  {
    access: "runs:read",
    tag: "Runs",
    summary: "One run: state, progress, steps, lineage",
    params: runParams,
    response: runDetail,
  },
  ({ ctx, input }) => getRun(ctx, input.params.runId),
);
