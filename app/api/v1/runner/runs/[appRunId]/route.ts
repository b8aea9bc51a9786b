import { appRunParams } from "#lib/http/params";
import { route } from "#lib/http/route";
import { appExecution } from "#lib/runner/schema";
import { getAppExecution } from "#lib/runner/service/get-execution";

export const GET = route(
  {
    access: "runner:read",
    tag: "Runner",
    summary: "What a run of an app has beside its run: exit code, figures, logs, output",
    params: appRunParams,
    response: appExecution,
  },
  ({ ctx, input }) => getAppExecution(ctx, input.params.appRunId),
);
