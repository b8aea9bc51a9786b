import { asSystem, systemDb } from "#lib/db/client";
import { decodeCursor, toPage, type Page, type PageQuery } from "#lib/http/pagination";

export interface MySessionRecord {
  id: string;
  userAgent: string;
  address: string;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
}

/** A person's live sessions, newest first. */
export async function listSessions(userId: string, now: Date, query: PageQuery): Promise<Page<MySessionRecord>> {
  const before = query.cursor ? decodeCursor(query.cursor, 1)[0] : undefined;
  const rows = await systemDb().userSession.findMany({
    where: { userId, revokedAt: null, expiresAt: { gt: now }, ...(before ? { id: { lt: before } } : {}) },
    orderBy: { id: "desc" },
    take: query.limit + 1,
    select: { id: true, userAgent: true, address: true, createdAt: true, lastSeenAt: true, expiresAt: true },
  });
  return toPage(rows, query.limit, (row) => [row.id]);
}

/** Ends every session of a person, except the one given; says how many. */
export async function revokeSessions(userId: string, options: { except?: string; now: Date }): Promise<number> {
  const done = await systemDb().userSession.updateMany({
    where: {
      userId,
      revokedAt: null,
      expiresAt: { gt: options.now },
      ...(options.except ? { id: { not: options.except } } : {}),
    },
    data: { revokedAt: options.now },
  });
  return done.count;
}

/** Turns a session to another workspace of its person; false when she is no member there. */
export function pointSession(session: { userId: string; sessionId: string }, workspaceId: string): Promise<boolean> {
  return asSystem(async (tx) => {
    const { userId, sessionId } = session;
    const membership = await tx.membership.findUnique({ where: { workspaceId_userId: { workspaceId, userId } } });
    if (!membership) return false;
    const done = await tx.userSession.updateMany({ where: { id: sessionId, userId }, data: { workspaceId } });
    return done.count === 1;
  });
}
