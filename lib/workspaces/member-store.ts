import type { Ctx } from "#lib/auth/context";
import { role, type Role } from "#lib/auth/permissions";
import { inWorkspace, systemDb, type Tx } from "#lib/db/client";
import { AppError } from "#lib/errors";
import { decodeCursor, toPage, type Page, type PageQuery } from "#lib/http/pagination";
import { lockWorkspace } from "./store.ts";

export interface MemberRecord {
  userId: string;
  email: string;
  name: string;
  role: Role;
  joinedAt: Date;
  lastSeenAt: Date | null;
}

/** In the order in which their accounts were made. */
export async function listMembers(ctx: Ctx, query: PageQuery): Promise<Page<MemberRecord>> {
  const after = query.cursor ? decodeCursor(query.cursor, 1)[0] : undefined;
  const rows = await inWorkspace(ctx, (tx) =>
    tx.membership.findMany({
      where: { workspaceId: ctx.workspaceId, ...(after ? { userId: { gt: after } } : {}) },
      orderBy: { userId: "asc" },
      take: query.limit + 1,
      select: { userId: true, role: true, createdAt: true, user: { select: { email: true, name: true } } },
    }),
  );
  const page = toPage(rows, query.limit, (row) => [row.userId]);
  const seen = await findLastSeen(
    ctx,
    page.items.map((row) => row.userId),
  );
  const items = page.items.map(({ user, createdAt, ...row }) => ({
    ...row,
    ...user,
    role: role.parse(row.role),
    joinedAt: createdAt,
    lastSeenAt: seen.get(row.userId) ?? null,
  }));
  return { ...page, items };
}

/** Of these people, those who belong to the workspace. */
export async function filterMembers(scope: Pick<Ctx, "workspaceId">, userIds: readonly string[]): Promise<string[]> {
  const where = { workspaceId: scope.workspaceId, userId: { in: [...userIds] } };
  const rows = await inWorkspace(scope, (tx) => tx.membership.findMany({ where, select: { userId: true } }));
  return rows.map(({ userId }) => userId);
}

/** Sessions are outside row-level security; only those that look at this workspace count. */
async function findLastSeen({ workspaceId }: Ctx, userIds: string[]): Promise<Map<string, Date | null>> {
  const rows = await systemDb().userSession.groupBy({
    by: ["userId"],
    where: { workspaceId, userId: { in: userIds } },
    _max: { lastSeenAt: true },
  });
  return new Map(rows.map((row) => [row.userId, row._max.lastSeenAt]));
}

export async function findMember(ctx: Ctx, userId: string): Promise<{ userId: string; role: Role } | null> {
  const row = await inWorkspace(ctx, (tx) =>
    tx.membership.findFirst({ where: { workspaceId: ctx.workspaceId, userId }, select: { userId: true, role: true } }),
  );
  return row && { userId: row.userId, role: role.parse(row.role) };
}

export function hasMemberWithEmail(ctx: Ctx, email: string): Promise<boolean> {
  return inWorkspace(ctx, async (tx) => {
    const found = await tx.membership.count({ where: { workspaceId: ctx.workspaceId, user: { email } } });
    return found > 0;
  });
}

/** Returns false when there is no such member; throws `conflict` when it would leave the workspace without an owner. */
export function updateRole(ctx: Ctx, userId: string, to: Role): Promise<boolean> {
  return inWorkspace(ctx, async (tx) => {
    await lockWorkspace(tx, ctx.workspaceId);
    if (to !== "owner") await refuseLastOwner(tx, ctx.workspaceId, userId);
    const done = await tx.membership.updateMany({
      where: { workspaceId: ctx.workspaceId, userId },
      data: { role: to },
    });
    return done.count === 1;
  });
}

/** The person's account stays; what she uploaded and ran stays with the workspace. */
export function deleteMember(ctx: Ctx, userId: string): Promise<boolean> {
  return inWorkspace(ctx, async (tx) => {
    await lockWorkspace(tx, ctx.workspaceId);
    await refuseLastOwner(tx, ctx.workspaceId, userId);
    const mine = { workspaceId: ctx.workspaceId, userId };
    const done = await tx.membership.deleteMany({ where: mine });
    await tx.notification.deleteMany({ where: mine });
    await tx.notificationSetting.deleteMany({ where: mine });
    await tx.sensor.updateMany({
      where: { workspaceId: ctx.workspaceId, ownerUserId: userId },
      data: { ownerUserId: null },
    });
    return done.count === 1;
  });
}

async function refuseLastOwner(tx: Tx, workspaceId: string, userId: string): Promise<void> {
  const owners = await tx.membership.findMany({ where: { workspaceId, role: "owner" }, select: { userId: true } });
  if (owners.length !== 1 || owners[0]?.userId !== userId) return;
  throw new AppError("conflict", "A workspace keeps at least one owner. Make somebody else an owner first.");
}

/** Workspaces of a person in which the other is no owner. */
export function countWorkspacesNotOwnedBy(ownerId: string, personId: string): Promise<number> {
  return systemDb().membership.count({
    where: {
      userId: personId,
      workspace: { memberships: { none: { userId: ownerId, role: "owner" } } },
    },
  });
}
