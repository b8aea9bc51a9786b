import { executionParams } from "#lib/http/params";
import { route } from "#lib/http/route";
import { executionDetail } from "#lib/pipelines/schema";
import { cancelExecution } from "#lib/pipelines/service/cancel-execution";

export const POST = route(
  {
    access: "pipelines:write",
    tag: "Pipelines",
    summary: "Cancel a pipeline's run",
    params: executionParams,
    response: executionDetail,
    audit: "pipeline.cancelled",
  },
  ({ ctx, input }) => cancelExecution(ctx, input.params.executionId),
);
