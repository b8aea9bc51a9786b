import type { Ctx } from "#lib/auth/context";
import { role, type Role } from "#lib/auth/permissions";
import { asSystem, inWorkspace, systemDb } from "#lib/db/client";
import { decodeCursor, toPage, type Page, type PageQuery } from "#lib/http/pagination";
import { newId, sha256Hex } from "#lib/ids";

export interface InvitationRecord {
  id: string;
  email: string;
  role: Role;
  createdBy: string;
  createdAt: Date;
  expiresAt: Date;
}

const select = { id: true, email: true, role: true, createdBy: true, createdAt: true, expiresAt: true } as const;
const isOpen = (now: Date) => ({ acceptedAt: null, revokedAt: null, expiresAt: { gt: now } });

export async function listInvitations(ctx: Ctx, query: PageQuery): Promise<Page<InvitationRecord>> {
  const before = query.cursor ? decodeCursor(query.cursor, 1)[0] : undefined;
  const rows = await inWorkspace(ctx, (tx) =>
    tx.invitation.findMany({
      where: { workspaceId: ctx.workspaceId, ...isOpen(ctx.now), ...(before ? { id: { lt: before } } : {}) },
      orderBy: { id: "desc" },
      take: query.limit + 1,
      select,
    }),
  );
  const page = toPage(rows, query.limit, (row) => [row.id]);
  return { ...page, items: page.items.map((row) => ({ ...row, role: role.parse(row.role) })) };
}

/** A second invitation to the same address replaces the first, whose link may be lost. */
export function insertInvitation(ctx: Ctx, invitation: InvitationRecord & { token: string }): Promise<void> {
  const { token, ...row } = invitation;
  const { workspaceId } = ctx;
  return inWorkspace(ctx, async (tx) => {
    await tx.invitation.updateMany({
      where: { workspaceId, email: row.email, acceptedAt: null, revokedAt: null },
      data: { revokedAt: ctx.now },
    });
    await tx.invitation.create({ data: { ...row, workspaceId, tokenHash: sha256Hex(token) } });
  });
}

export async function revokeInvitation(ctx: Ctx, id: string): Promise<boolean> {
  const done = await inWorkspace(ctx, (tx) =>
    tx.invitation.updateMany({
      where: { id, workspaceId: ctx.workspaceId, acceptedAt: null, revokedAt: null },
      data: { revokedAt: ctx.now },
    }),
  );
  return done.count === 1;
}

export interface OpenInvitationRecord {
  workspaceId: string;
  workspaceName: string;
  email: string;
  role: Role;
  expiresAt: Date;
}

export async function findOpenInvitation(token: string, now: Date): Promise<OpenInvitationRecord | null> {
  const row = await systemDb().invitation.findFirst({
    where: { tokenHash: sha256Hex(token), ...isOpen(now) },
    select: { workspaceId: true, email: true, role: true, expiresAt: true, workspace: { select: { name: true } } },
  });
  if (!row) return null;
  const { workspace, ...invitation } = row;
  return { ...invitation, role: role.parse(row.role), workspaceName: workspace.name };
}

/** Who joins: somebody who exists, or a new account made in the same step. */
export type Joiner = { userId: string } | { email: string; name: string; passwordHash: string };

export type JoinOutcome = { workspaceId: string; userId: string } | "closed" | "account_exists";

/** Uses the invitation up and adds the member, together or not at all. An existing member keeps her role. */
export function takeInvitation(token: string, joiner: Joiner, now: Date): Promise<JoinOutcome> {
  return asSystem(async (tx) => {
    if ("email" in joiner && (await tx.user.count({ where: { email: joiner.email } })) > 0) return "account_exists";
    // The conditional update is the lock: of two requests with one token, one finds it used.
    const taken = await tx.invitation.updateManyAndReturn({
      where: { tokenHash: sha256Hex(token), ...isOpen(now) },
      data: { acceptedAt: now },
      select: { workspaceId: true, role: true },
    });
    const [invitation] = taken;
    if (!invitation) return "closed";
    let userId: string;
    if ("userId" in joiner) userId = joiner.userId;
    else {
      const { email, name, passwordHash } = joiner;
      userId = newId();
      const made = await tx.user.createMany({
        data: [{ id: userId, email, name, passwordHash }],
        skipDuplicates: true,
      });
      // Another invitation to the same address made the account meanwhile.
      if (made.count === 0) {
        await tx.invitation.updateMany({ where: { tokenHash: sha256Hex(token) }, data: { acceptedAt: null } });
        return "account_exists";
      }
    }
    const { workspaceId } = invitation;
    await tx.membership.createMany({ data: [{ workspaceId, userId, role: invitation.role }], skipDuplicates: true });
    return { workspaceId, userId };
  });
}
