import type { Ctx } from "#lib/auth/context";
import { role, type Role } from "#lib/auth/permissions";
import { asSystem, inWorkspace, systemDb, type Tx } from "#lib/db/client";
import { newId } from "#lib/ids";

export interface NewWorkspace {
  slug: string;
  name: string;
  description: string;
  timeZone: string;
  quotaBytes: number;
}

/** Creates the workspace unless the slug is taken; answers its id either way. */
export function ensureWorkspace(workspace: NewWorkspace): Promise<{ id: string; isNew: boolean }> {
  return asSystem(async (tx) => {
    const id = newId();
    const data = { ...workspace, id, quotaBytes: BigInt(workspace.quotaBytes) };
    const added = await tx.workspace.createMany({ data: [data], skipDuplicates: true });
    const row = await tx.workspace.findUniqueOrThrow({ where: { slug: workspace.slug }, select: { id: true } });
    return { id: row.id, isNew: added.count === 1 };
  });
}

export function findWorkspaceBySlug(slug: string): Promise<{ id: string; name: string } | null> {
  return systemDb().workspace.findUnique({ where: { slug }, select: { id: true, name: true } });
}

/** Makes changes that depend on a count (owners, key names) follow one another instead of racing. */
export async function lockWorkspace(tx: Tx, workspaceId: string): Promise<void> {
  await tx.$queryRaw`select 1 from workspaces where id = ${workspaceId}::uuid for update`;
}

export interface WorkspaceRecord {
  id: string;
  slug: string;
  name: string;
  description: string;
  timeZone: string;
  quotaBytes: number;
}

export async function findWorkspace(ctx: Ctx): Promise<WorkspaceRecord> {
  const row = await inWorkspace(ctx, (tx) => tx.workspace.findUniqueOrThrow({ where: { id: ctx.workspaceId } }));
  const { id, slug, name, description, timeZone } = row;
  return { id, slug, name, description, timeZone, quotaBytes: Number(row.quotaBytes) };
}

export async function updateWorkspace(
  ctx: Ctx,
  change: { name?: string | undefined; description?: string | undefined; timeZone?: string | undefined },
): Promise<void> {
  const { name, description, timeZone } = change;
  const data = {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    ...(timeZone === undefined ? {} : { timeZone }),
  };
  await inWorkspace(ctx, (tx) => tx.workspace.updateMany({ where: { id: ctx.workspaceId }, data }));
}

/** How many workspaces a person owns. */
export function countOwned(userId: string): Promise<number> {
  return systemDb().membership.count({ where: { userId, role: "owner" } });
}

/** The workspaces a person belongs to, by name. */
export async function listWorkspacesOf(
  userId: string,
): Promise<{ id: string; slug: string; name: string; role: Role }[]> {
  const rows = await systemDb().membership.findMany({
    where: { userId },
    select: { role: true, workspace: { select: { id: true, slug: true, name: true } } },
    orderBy: { workspace: { name: "asc" } },
  });
  return rows.map((row) => ({ ...row.workspace, role: role.parse(row.role) }));
}

export async function insertMembership(workspaceId: string, userId: string, as: Role): Promise<void> {
  await systemDb().membership.createMany({ data: [{ workspaceId, userId, role: as }], skipDuplicates: true });
}

export async function insertUser(user: { email: string; name: string; passwordHash: string | null }): Promise<string> {
  const id = newId();
  await systemDb().user.create({ data: { ...user, id, email: user.email.trim().toLowerCase() } });
  return id;
}

export function countUsers(): Promise<number> {
  return systemDb().user.count();
}
