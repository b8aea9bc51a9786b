import { executionParams } from "#lib/http/params";
import { route } from "#lib/http/route";
import { executionDetail } from "#lib/pipelines/schema";
import { retryExecution } from "#lib/pipelines/service/retry-execution";

export const POST = route(
  {
    access: "pipelines:write",
    tag: "Pipelines",
    summary: "Go on from the step that failed",
    params: executionParams,
    response: executionDetail,
    audit: "pipeline.retried",
  },
  ({ ctx, input }) => retryExecution(ctx, input.params.executionId),
);
