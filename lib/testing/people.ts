import { randomBytes } from "node:crypto";
import { encode } from "next-auth/jwt";
import { systemContext, type Ctx } from "#lib/auth/context";
import { contextOf } from "#lib/auth/identify";
import { hashPassword } from "#lib/auth/password";
import type { ApiKeyScope, Role } from "#lib/auth/permissions";
import { authSecret } from "#lib/auth/secret";
import { SESSION_COOKIE } from "#lib/auth/session-cookie";
import { findLiveSession, insertSession } from "#lib/auth/store";
import { systemDb } from "#lib/db/client";
import type { SessionCaller } from "#lib/http/route-spec";
import { newId, newToken, sha256Hex } from "#lib/ids";
import { ensureWorkspace, insertMembership, insertUser } from "#lib/workspaces/store";

export const TEST_PASSWORD = "correct horse battery";

export function unique(prefix: string): string {
  return `${prefix}-${randomBytes(6).toString("hex")}`;
}

/** A workspace of its own for a test, so that tests of one database do not meet. */
export async function makeWorkspace(): Promise<Ctx> {
  const slug = unique("test");
  const { id } = await ensureWorkspace({ slug, name: slug, description: "", timeZone: "UTC", quotaBytes: 1e9 });
  return systemContext(id, "test", new Date());
}

export interface Person {
  userId: string;
  email: string;
  name: string;
}

let passwordHash: Promise<string> | undefined;

/** Somebody whose password is `TEST_PASSWORD`; hashed once, because hashing is slow on purpose. */
export async function makePerson(name = "Mira Okafor"): Promise<Person> {
  passwordHash ??= hashPassword(TEST_PASSWORD);
  const email = `${unique("person")}@example.org`;
  return { userId: await insertUser({ email, name, passwordHash: await passwordHash }), email, name };
}

export async function makeMember(workspace: Pick<Ctx, "workspaceId">, role: Role, name?: string): Promise<Person> {
  const person = await makePerson(name);
  await insertMembership(workspace.workspaceId, person.userId, role);
  return person;
}

/** Signs somebody in and returns what her requests and services are called with. */
export async function makeSession(person: Pick<Person, "userId">): Promise<SignedIn> {
  const expiresAt = new Date(Date.now() + 3_600_000);
  const { userId } = person;
  const sessionId = await insertSession({ userId, address: "test", userAgent: "Test browser", expiresAt });
  const token = await encode({ token: { sub: userId, sid: sessionId }, secret: authSecret() });
  const session = await findLiveSession(sessionId);
  if (!session) throw new Error("the session is not live");
  const caller = { requestId: newId(), address: unique("address"), now: new Date() };
  const { workspaceId, email, name } = session;
  return {
    sessionId,
    cookie: `${SESSION_COOKIE()}=${token}`,
    caller: { ...caller, userId, sessionId, workspaceId, email, name },
    ctx: () => contextOf(session, caller),
  };
}

export interface SignedIn {
  sessionId: string;
  /** Value of a Cookie header. */
  cookie: string;
  caller: SessionCaller;
  /** Throws for a person in no workspace. */
  ctx: () => Ctx;
}

/** A new member with a session, ready to call services and routes. */
export async function makeSignedIn(
  workspace: Pick<Ctx, "workspaceId">,
  role: Role,
): Promise<SignedIn & { person: Person }> {
  const person = await makeMember(workspace, role);
  return { ...(await makeSession(person)), person };
}

interface KeyOptions {
  scopes: readonly ApiKeyScope[];
  state?: "live" | "revoked" | "expired";
}

export async function makeApiKey(
  workspace: Pick<Ctx, "workspaceId">,
  options: KeyOptions,
): Promise<{ id: string; key: string }> {
  const { scopes, state = "live" } = options;
  const key = `fp_live_${newToken()}`;
  const id = newId();
  const past = new Date(Date.now() - 60_000);
  await systemDb().apiKey.create({
    data: {
      id,
      workspaceId: workspace.workspaceId,
      name: unique("key"),
      prefix: key.slice(0, 12),
      keyHash: sha256Hex(key),
      scopes: [...scopes],
      createdBy: "test",
      expiresAt: state === "expired" ? past : null,
      revokedAt: state === "revoked" ? past : null,
    },
  });
  return { id, key };
}
