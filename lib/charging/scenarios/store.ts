import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import type { Prisma } from "#lib/db/generated/client";
import { decodeCursor, toPage, type Page } from "#lib/http/pagination";
import type { ScenariosQuery } from "./schema.ts";

const select = {
  id: true,
  name: true,
  tags: true,
  notes: true,
  runId: true,
  createdByLabel: true,
  createdAt: true,
  archivedAt: true,
  run: { select: { algorithm: true, version: true, state: true, params: true, inputs: true } },
} satisfies Prisma.ChargingScenarioSelect;

export type ScenarioRecord = Prisma.ChargingScenarioGetPayload<{ select: typeof select }>;

/** Scenarios, the newest first. */
export function listScenarioRecords(ctx: Ctx, query: ScenariosQuery): Promise<Page<ScenarioRecord>> {
  const [at, id] = query.cursor ? decodeCursor(query.cursor, 2) : [];
  const where: Prisma.ChargingScenarioWhereInput = {
    workspaceId: ctx.workspaceId,
    archivedAt: query.archived ? { not: null } : null,
    ...(query.tag ? { tags: { has: query.tag } } : {}),
    ...(at && id ? { OR: [{ createdAt: { lt: at } }, { createdAt: at, id: { lt: id } }] } : {}),
  };
  return inWorkspace(ctx, async (tx) => {
    const orderBy: Prisma.ChargingScenarioOrderByWithRelationInput[] = [{ createdAt: "desc" }, { id: "desc" }];
    const rows = await tx.chargingScenario.findMany({ where, select, orderBy, take: query.limit + 1 });
    return toPage(rows, query.limit, (row) => [row.createdAt.toISOString(), row.id]);
  });
}

export function findScenarios(ctx: Ctx, ids: readonly string[]): Promise<ScenarioRecord[]> {
  const where = { workspaceId: ctx.workspaceId, id: { in: [...ids] } };
  return inWorkspace(ctx, (tx) => tx.chargingScenario.findMany({ where, select }));
}

export interface StoredScenario {
  id: string;
  name: string;
  tags: string[];
  notes: string;
  runId: string;
}

export async function insertScenario(ctx: Ctx, scenario: StoredScenario): Promise<void> {
  const data = { ...scenario, workspaceId: ctx.workspaceId, createdByLabel: ctx.actor.label, createdAt: ctx.now };
  await inWorkspace(ctx, (tx) => tx.chargingScenario.create({ data }));
}

export type ScenarioChange = Partial<Pick<StoredScenario, "name" | "tags" | "notes">> & { archivedAt?: Date | null };

export async function updateScenario(ctx: Ctx, id: string, change: ScenarioChange): Promise<boolean> {
  const where = { id, workspaceId: ctx.workspaceId };
  const { count } = await inWorkspace(ctx, (tx) => tx.chargingScenario.updateMany({ where, data: change }));
  return count > 0;
}
