import { z } from "zod";
import { route } from "#lib/http/route";
import { createPipelineInput, pipelineDetail, pipelineSummary } from "#lib/pipelines/schema";
import { createPipeline } from "#lib/pipelines/service/create-pipeline";
import { listPipelines } from "#lib/pipelines/service/get-pipeline";

export const GET = route(
  {
    access: "pipelines:read",
    tag: "Pipelines",
    summary: "List pipelines with their newest run",
    response: z.object({ items: z.array(pipelineSummary) }),
  },
  async ({ ctx }) => ({ items: await listPipelines(ctx) }),
);

export const POST = route(
  {
    access: "pipelines:write",
    tag: "Pipelines",
    summary: "Create a pipeline",
    body: createPipelineInput,
    response: pipelineDetail,
    status: 201,
    audit: "pipeline.created",
  },
  ({ ctx, input }) => createPipeline(ctx, input.body),
);
