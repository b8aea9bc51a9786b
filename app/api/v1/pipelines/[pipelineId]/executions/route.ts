import { pipelineParams } from "#lib/http/params";
import { pageOf } from "#lib/http/pagination";
import { route } from "#lib/http/route";
import { executionDetail, executionsQuery, executionSummary, startExecutionInput } from "#lib/pipelines/schema";
import { listExecutionsOf } from "#lib/pipelines/service/get-execution";
import { startByHand } from "#lib/pipelines/service/start-execution";

export const GET = route(
  {
    access: "pipelines:read",
    tag: "Pipelines",
    summary: "List a pipeline's runs, newest first",
    params: pipelineParams,
    query: executionsQuery,
    response: pageOf(executionSummary),
  },
  ({ ctx, input }) => listExecutionsOf(ctx, input.params.pipelineId, input.query),
);

export const POST = route(
  {
    access: "pipelines:write",
    tag: "Pipelines",
    summary: "Run a pipeline now, or read a time again (backfill)",
    params: pipelineParams,
    body: startExecutionInput,
    response: executionDetail,
    status: 202,
    audit: "pipeline.started",
  },
  ({ ctx, input }) => startByHand(ctx, input.params.pipelineId, input.body),
);
