import { z } from "zod";
import { pipelineParams } from "#lib/http/params";
import { route } from "#lib/http/route";
import { changePipelineInput, pipelineDetail } from "#lib/pipelines/schema";
import { changePipeline } from "#lib/pipelines/service/change-pipeline";
import { deletePipeline } from "#lib/pipelines/service/delete-pipeline";
import { getPipeline } from "#lib/pipelines/service/get-pipeline";

export const GET = route(
  {
    access: "pipelines:read",
    tag: "Pipelines",
    summary: "A pipeline with its settings; its key is never given out",
    params: pipelineParams,
    response: pipelineDetail,
  },
  ({ ctx, input }) => getPipeline(ctx, input.params.pipelineId),
);

export const PATCH = route(
  {
    access: "pipelines:write",
    tag: "Pipelines",
    summary: "Change a pipeline's name, source, key or schedule",
    params: pipelineParams,
    body: changePipelineInput,
    response: pipelineDetail,
    audit: "pipeline.changed",
  },
  ({ ctx, input }) => changePipeline(ctx, input.params.pipelineId, input.body),
);

export const DELETE = route(
  {
    access: "pipelines:write",
    tag: "Pipelines",
    summary: "Remove a pipeline; what it brought stays",
    params: pipelineParams,
    response: z.object({ removed: z.boolean() }),
    audit: "pipeline.removed",
  },
  async ({ ctx, input }) => {
    await deletePipeline(ctx, input.params.pipelineId);
    return { removed: true };
  },
);
