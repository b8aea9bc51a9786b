import type { Ctx } from "#lib/auth/context";
import { inWorkspace, systemDb } from "#lib/db/client";
import type { Prisma } from "#lib/db/generated/client";
import { AppError } from "#lib/errors";

export interface PipelineRecord {
  id: string;
  slug: string;
  name: string;
  settings: unknown;
  sealedSecret: string | null;
  cron: string | null;
  runsOnNewData: boolean;
  isEnabled: boolean;
  nextAt: Date | null;
  createdByLabel: string;
  createdAt: Date;
}

const select = {
  id: true,
  slug: true,
  name: true,
  settings: true,
  sealedSecret: true,
  cron: true,
  runsOnNewData: true,
  isEnabled: true,
  nextAt: true,
  createdByLabel: true,
  createdAt: true,
} satisfies Prisma.PipelineSelect;

export function listPipelineRecords(ctx: Ctx): Promise<PipelineRecord[]> {
  return inWorkspace(ctx, (tx) =>
    tx.pipeline.findMany({ where: { workspaceId: ctx.workspaceId }, orderBy: { name: "asc" }, take: 200, select }),
  );
}

export async function requirePipeline(ctx: Ctx, pipelineId: string): Promise<PipelineRecord> {
  const where = { id: pipelineId, workspaceId: ctx.workspaceId };
  const row = await inWorkspace(ctx, (tx) => tx.pipeline.findFirst({ where, select }));
  if (!row) throw new AppError("not_found", "There is no such pipeline in this workspace.");
  return row;
}

export type NewPipeline = Omit<PipelineRecord, "createdAt">;

export async function insertPipeline(ctx: Ctx, { settings, ...pipeline }: NewPipeline): Promise<void> {
  const data = { ...pipeline, settings: settings as Prisma.InputJsonObject, workspaceId: ctx.workspaceId };
  const inserted = await inWorkspace(ctx, (tx) => tx.pipeline.createMany({ data: [data], skipDuplicates: true }));
  if (inserted.count === 0) throw nameTaken(pipeline.name);
}

export type PipelineChange = Partial<Omit<PipelineRecord, "id" | "slug" | "createdAt" | "createdByLabel">>;

export async function updatePipeline(ctx: Ctx, pipelineId: string, change: PipelineChange): Promise<void> {
  const { settings, ...rest } = change;
  const data = { ...rest, ...(settings === undefined ? {} : { settings: settings as Prisma.InputJsonObject }) };
  await inWorkspace(ctx, async (tx) => {
    if (change.name !== undefined) {
      const where = { workspaceId: ctx.workspaceId, name: change.name, id: { not: pipelineId } };
      if (await tx.pipeline.findFirst({ where, select: { id: true } })) throw nameTaken(change.name);
    }
    await tx.pipeline.updateMany({ where: { id: pipelineId, workspaceId: ctx.workspaceId }, data });
  });
}

function nameTaken(name: string): AppError {
  const detail = `There is a pipeline named "${name}" already. Choose another name.`;
  return new AppError("conflict", detail, { fields: [{ pointer: "/name", detail }] });
}

export async function deletePipelineRow(ctx: Ctx, pipelineId: string): Promise<void> {
  await inWorkspace(ctx, (tx) => tx.pipeline.deleteMany({ where: { id: pipelineId, workspaceId: ctx.workspaceId } }));
}

/** Pipelines whose time has come, of all workspaces. */
export function listDuePipelines(now: Date): Promise<{ id: string; workspaceId: string; cron: string | null }[]> {
  return systemDb().pipeline.findMany({
    where: { nextAt: { lte: now }, isEnabled: true },
    orderBy: { nextAt: "asc" },
    take: 1_000,
    select: { id: true, workspaceId: true, cron: true },
  });
}

/** Cursors are read and moved in sets of one scope: "" for what is new, an execution's id for its backfill. */
interface CursorScope {
  pipelineId: string;
  scope: string;
}

/** How far each of the source's sensors was read. */
export async function readCursors(ctx: Ctx, { pipelineId, scope }: CursorScope): Promise<Map<string, Date>> {
  const where = { pipelineId, scope, workspaceId: ctx.workspaceId };
  const rows = await inWorkspace(ctx, (tx) => tx.pipelineCursor.findMany({ where }));
  return new Map(rows.map(({ key, reachedAt }) => [key, reachedAt]));
}

/** Moves cursors forward, never back. */
export async function moveCursors(
  ctx: Ctx,
  { pipelineId, scope }: CursorScope,
  reached: readonly { key: string; reachedAtMs: number }[],
): Promise<void> {
  if (reached.length === 0) return;
  const keys = reached.map(({ key }) => key);
  const instants = reached.map(({ reachedAtMs }) => new Date(reachedAtMs));
  await inWorkspace(
    ctx,
    (tx) => tx.$executeRaw`
      insert into pipeline_cursors as c (pipeline_id, scope, key, workspace_id, reached_at)
      select ${pipelineId}::uuid, ${scope}, k, ${ctx.workspaceId}::uuid, at
      from unnest(${keys}::text[], ${instants}::timestamptz[]) as new (k, at)
      on conflict (pipeline_id, scope, key) do update set reached_at = greatest(c.reached_at, excluded.reached_at)`,
  );
}

export async function forgetCursors(ctx: Ctx, { pipelineId, scope }: CursorScope): Promise<void> {
  const where = { pipelineId, scope, workspaceId: ctx.workspaceId };
  await inWorkspace(ctx, (tx) => tx.pipelineCursor.deleteMany({ where }));
}
