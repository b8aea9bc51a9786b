import type { Ctx } from "#lib/auth/context";
import { inWorkspace, systemDb } from "#lib/db/client";
import type { Prisma } from "#lib/db/generated/client";
import { AppError } from "#lib/errors";
import { SIGNATURE_VALID_S } from "#lib/secrets/hook-signature";

const select = {
  id: true,
  appId: true,
  kind: true,
  cron: true,
  sealedSecret: true,
  artifactId: true,
  params: true,
  isEnabled: true,
  nextAt: true,
  lastAt: true,
  lastRunId: true,
  lastError: true,
  createdByLabel: true,
  createdAt: true,
  input: { select: { fileName: true } },
} satisfies Prisma.AppTriggerSelect;

export type TriggerRecord = Prisma.AppTriggerGetPayload<{ select: typeof select }>;

export function listTriggerRecords(ctx: Ctx, where: { appId?: string } = {}): Promise<TriggerRecord[]> {
  return inWorkspace(ctx, (tx) =>
    tx.appTrigger.findMany({
      where: { ...where, workspaceId: ctx.workspaceId },
      orderBy: { createdAt: "asc" },
      take: 500,
      select,
    }),
  );
}

export async function requireTrigger(ctx: Ctx, triggerId: string): Promise<TriggerRecord> {
  const where = { id: triggerId, workspaceId: ctx.workspaceId };
  const row = await inWorkspace(ctx, (tx) => tx.appTrigger.findFirst({ where, select }));
  if (!row) throw new AppError("not_found", "There is no such trigger in this workspace.");
  return row;
}

export type NewTrigger = Pick<
  TriggerRecord,
  "id" | "appId" | "kind" | "cron" | "sealedSecret" | "artifactId" | "nextAt"
> & { params: Record<string, string | number | boolean> };

export async function insertTrigger(ctx: Ctx, trigger: NewTrigger): Promise<void> {
  const written = { workspaceId: ctx.workspaceId, createdByLabel: ctx.actor.label, createdAt: ctx.now };
  await inWorkspace(ctx, (tx) => tx.appTrigger.create({ data: { ...trigger, ...written } }));
}

export type TriggerChange = Partial<Pick<TriggerRecord, "isEnabled" | "nextAt" | "lastAt" | "lastRunId" | "lastError">>;

export async function updateTrigger(ctx: Ctx, triggerId: string, data: TriggerChange): Promise<void> {
  const where = { id: triggerId, workspaceId: ctx.workspaceId };
  await inWorkspace(ctx, (tx) => tx.appTrigger.updateMany({ where, data }));
}

export async function deleteTriggerRow(ctx: Ctx, triggerId: string): Promise<void> {
  const where = { id: triggerId, workspaceId: ctx.workspaceId };
  await inWorkspace(ctx, (tx) => tx.appTrigger.deleteMany({ where }));
}

/** Schedules whose time has come, of all workspaces. */
export function listDueTriggers(now: Date): Promise<{ id: string; workspaceId: string }[]> {
  return systemDb().appTrigger.findMany({
    where: { nextAt: { lte: now }, isEnabled: true },
    orderBy: { nextAt: "asc" },
    take: 1_000,
    select: { id: true, workspaceId: true },
  });
}

/** Whose webhook an address is: a request brings no workspace with it. */
export function findHook(triggerId: string): Promise<{ workspaceId: string; sealedSecret: string | null } | null> {
  return systemDb().appTrigger.findFirst({
    where: { id: triggerId, kind: "webhook", isEnabled: true },
    select: { workspaceId: true, sealedSecret: true },
  });
}

/** Takes note of a signature; false when it was taken before. Those too old to be taken again are forgotten. */
export async function claimDelivery(ctx: Ctx, triggerId: string, signature: string): Promise<boolean> {
  const { workspaceId, now: at } = ctx;
  const forgotten = new Date(at.getTime() - 4 * SIGNATURE_VALID_S * 1000);
  return inWorkspace(ctx, async (tx) => {
    await tx.appHookDelivery.deleteMany({ where: { triggerId, workspaceId, at: { lt: forgotten } } });
    const data = [{ triggerId, workspaceId, signature, at }];
    return (await tx.appHookDelivery.createMany({ data, skipDuplicates: true })).count === 1;
  });
}
