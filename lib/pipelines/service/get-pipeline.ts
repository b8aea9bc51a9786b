import type { Ctx } from "#lib/auth/context";
import { listNewestExecutions } from "../execution-store.ts";
import { getPipelineDefinition } from "../registry.ts";
import type { ExecutionSummary, PipelineDetail, PipelineSummary } from "../schema.ts";
import { listPipelineRecords, requirePipeline, type PipelineRecord } from "../store.ts";

export async function getPipeline(ctx: Ctx, pipelineId: string): Promise<PipelineDetail> {
  const row = await requirePipeline(ctx, pipelineId);
  const newest = await listNewestExecutions(ctx);
  return {
    ...(await toSummary(row, newest.get(row.id) ?? null)),
    settings: row.settings as Record<string, unknown>,
    hasSecret: row.sealedSecret !== null,
    createdBy: row.createdByLabel,
    createdAt: row.createdAt.toISOString(),
  };
}

export async function listPipelines(ctx: Ctx): Promise<PipelineSummary[]> {
  const [rows, newest] = await Promise.all([listPipelineRecords(ctx), listNewestExecutions(ctx)]);
  return Promise.all(rows.map((row) => toSummary(row, newest.get(row.id) ?? null)));
}

async function toSummary(row: PipelineRecord, last: ExecutionSummary | null): Promise<PipelineSummary> {
  const { id, slug, name, cron, runsOnNewData, isEnabled } = row;
  const definition = await getPipelineDefinition(slug);
  const settings = definition.settings.safeParse(row.settings);
  const source = settings.success ? definition.describe(settings.data) : "Its settings are no longer valid.";
  return { id, slug, name, source, cron, runsOnNewData, isEnabled, nextAt: row.nextAt?.toISOString() ?? null, last };
}
