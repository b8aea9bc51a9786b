import { executionParams } from "#lib/http/params";
import { route } from "#lib/http/route";
import { executionDetail } from "#lib/pipelines/schema";
import { getExecution } from "#lib/pipelines/service/get-execution";

export const GET = route(
  {
    access: "pipelines:read",
    tag: "Pipelines",
    summary: "One run of a pipeline with its steps and their runs",
    params: executionParams,
    response: executionDetail,
  },
  ({ ctx, input }) => getExecution(ctx, input.params.executionId),
);
