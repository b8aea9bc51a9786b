import { asSystem, systemDb } from "#lib/db/client";
import { newId } from "#lib/ids";
import { role, type Role } from "./permissions.ts";

export interface SessionRecord {
  sessionId: string;
  userId: string;
  email: string;
  name: string;
  /** The workspace the person is looking at, if still a member of it. */
  workspaceId: string | null;
  role: Role | null;
  lastSeenAt: Date;
}

/** A session that is neither revoked nor expired, of a person who is not disabled, with today's role. */
export async function findLiveSession(sessionId: string): Promise<SessionRecord | null> {
  const rows = await systemDb().$queryRaw<(Omit<SessionRecord, "role"> & { role: string | null })[]>`
    select s.id as "sessionId", u.id as "userId", u.email, u.name, s.last_seen_at as "lastSeenAt",
      m.workspace_id as "workspaceId", m.role
    from user_sessions s
    join users u on u.id = s.user_id and u.disabled_at is null
    left join lateral (
      select m.workspace_id, m.role from memberships m where m.user_id = u.id
      order by (m.workspace_id = s.workspace_id) desc nulls last, m.created_at limit 1) m on true
    where s.id = ${sessionId}::uuid and s.revoked_at is null and s.expires_at > now()`;
  const row = rows[0];
  return row ? { ...row, role: row.role === null ? null : role.parse(row.role) } : null;
}

export async function touchSession(sessionId: string): Promise<void> {
  await systemDb().$executeRaw`update user_sessions set last_seen_at = now() where id = ${sessionId}::uuid`;
}

export interface NewSession {
  userId: string;
  userAgent: string;
  address: string;
  expiresAt: Date;
}

/** A new session looks at the workspace that the person looked at last, else at the first she joined. */
export async function insertSession(session: NewSession): Promise<string> {
  const id = newId();
  const { userId, userAgent, address, expiresAt } = session;
  await systemDb().$executeRaw`
    insert into user_sessions (id, user_id, user_agent, address, expires_at, workspace_id)
    select ${id}::uuid, ${userId}::uuid, ${userAgent}, ${address}, ${expiresAt}, (
      select m.workspace_id from memberships m
      left join user_sessions s on s.user_id = m.user_id and s.workspace_id = m.workspace_id
      where m.user_id = ${userId}::uuid
      order by s.last_seen_at desc nulls last, m.created_at limit 1)`;
  return id;
}

export async function revokeSession(userId: string, sessionId: string, now: Date): Promise<boolean> {
  const done = await systemDb().userSession.updateMany({
    where: { id: sessionId, userId, revokedAt: null },
    data: { revokedAt: now },
  });
  return done.count === 1;
}

export interface ApiKeyRecord {
  id: string;
  workspaceId: string;
  name: string;
  scopes: string[];
  lastUsedAt: Date | null;
}

export async function findLiveApiKey(keyHash: string): Promise<ApiKeyRecord | null> {
  const rows = await systemDb().$queryRaw<ApiKeyRecord[]>`
    select id, workspace_id as "workspaceId", name, scopes, last_used_at as "lastUsedAt" from api_keys
    where key_hash = ${keyHash} and revoked_at is null and (expires_at is null or expires_at > now())`;
  return rows[0] ?? null;
}

export async function touchApiKey(keyId: string): Promise<void> {
  await systemDb().$executeRaw`update api_keys set last_used_at = now() where id = ${keyId}::uuid`;
}

export interface UserRecord {
  id: string;
  email: string;
  name: string;
  passwordHash: string | null;
}

export async function findUserByEmail(email: string): Promise<UserRecord | null> {
  return systemDb().user.findFirst({
    where: { email: email.trim().toLowerCase(), disabledAt: null },
    select: { id: true, email: true, name: true, passwordHash: true },
  });
}

/** The person behind an OIDC subject; linked by verified e-mail at first sign-in, never created unasked. */
export function findUserByOidc(identity: {
  provider: string;
  subject: string;
  email: string | null;
  isEmailVerified: boolean;
}): Promise<UserRecord | null> {
  const select = { id: true, email: true, name: true, passwordHash: true } as const;
  return asSystem(async (tx) => {
    const { provider, subject } = identity;
    const linked = await tx.oidcAccount.findUnique({
      where: { provider_subject: { provider, subject } },
      select: { user: { select: { ...select, disabledAt: true } } },
    });
    if (linked) return linked.user.disabledAt ? null : linked.user;
    if (!identity.email || !identity.isEmailVerified) return null;
    const user = await tx.user.findFirst({ where: { email: identity.email.toLowerCase(), disabledAt: null }, select });
    if (user) await tx.oidcAccount.create({ data: { provider, subject, userId: user.id } });
    return user;
  });
}
