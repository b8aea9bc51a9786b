import { AppError } from "#lib/errors";
import { sha256Hex } from "#lib/ids";
import type { AnonymousCaller, SessionCaller } from "#lib/http/route-spec";
import type { Ctx } from "./context.ts";
import { API_KEY_SCOPES, ROLE_PERMISSIONS, type Permission } from "./permissions.ts";
import { readSessionId } from "./session-cookie.ts";
import { shareNext } from "./share-next.ts";
import { findLiveApiKey, findLiveSession, touchApiKey, touchSession, type SessionRecord } from "./store.ts";

const TOUCH_AFTER_MS = 60_000;
/** Devices that share a key and call at the same time share the lookup. */
const findKeyOnce = shareNext(findLiveApiKey);

/** Who sends this request, for which workspace: an API key, or the person behind the session cookie. */
export async function identify(request: Request, caller: AnonymousCaller): Promise<Ctx> {
  const authorization = request.headers.get("authorization");
  if (authorization) return identifyKey(keyOf(authorization, request.method), caller);
  return contextOf(await requireSession(request, caller), caller);
}

export async function identifySession(request: Request, caller: AnonymousCaller): Promise<SessionCaller> {
  const { userId, sessionId, workspaceId, email, name } = await requireSession(request, caller);
  return { ...caller, userId, sessionId, workspaceId, email, name };
}

async function requireSession(request: Request, caller: AnonymousCaller): Promise<SessionRecord> {
  const session = await findSessionOf(request.headers.get("cookie") ?? "", caller.now);
  if (!session) throw new AppError("unauthenticated", "Sign in, or send an API key as a bearer token.");
  return session;
}

/** The live session of a Cookie header; null when there is none. */
export async function findSessionOf(cookieHeader: string, now: Date): Promise<SessionRecord | null> {
  const sessionId = await readSessionId(cookieHeader);
  const session = sessionId ? await findLiveSession(sessionId) : null;
  if (session && now.getTime() - session.lastSeenAt.getTime() > TOUCH_AFTER_MS) await touchSession(session.sessionId);
  return session;
}

/** A person's context in the workspace they are looking at; being in none is `forbidden`. */
export function contextOf(session: SessionRecord, caller: AnonymousCaller): Ctx {
  const { workspaceId, role } = session;
  if (!workspaceId || !role) {
    throw new AppError("forbidden", "You are in no workspace. Ask the owner of one for an invitation.");
  }
  return {
    workspaceId,
    actor: {
      kind: "user",
      userId: session.userId,
      sessionId: session.sessionId,
      label: session.name,
      email: session.email,
    },
    permissions: new Set(ROLE_PERMISSIONS[role]),
    role,
    ...caller,
  };
}

const KEY = /^fp_[A-Za-z0-9_-]{20,200}$/;

/**
 * The key of an Authorization header: a bearer token, or the password of Basic, for programs such as QGIS that know
 * passwords only. Browsers send a password again to whoever asks on the page's behalf, so Basic may read, not write.
 */
function keyOf(authorization: string, method: string): string | null {
  const [, scheme = "", value = ""] = /^(\S+) (\S+)$/.exec(authorization) ?? [];
  const key = /^basic$/i.test(scheme) ? passwordOf(value) : scheme === "Bearer" ? value : "";
  if (!KEY.test(key)) return null;
  if (key !== value && method !== "GET" && method !== "HEAD") {
    throw new AppError(
      "unauthenticated",
      "An API key as a password may read only. Send it as a bearer token to write.",
    );
  }
  return key;
}

function passwordOf(credentials: string): string {
  const text = Buffer.from(credentials, "base64").toString("utf8");
  return text.slice(text.indexOf(":") + 1);
}

async function identifyKey(key: string | null, caller: AnonymousCaller): Promise<Ctx> {
  const found = key ? await findKeyOnce(sha256Hex(key)) : null;
  if (!found) throw new AppError("unauthenticated", "This API key is unknown, expired or revoked.");
  if (caller.now.getTime() - (found.lastUsedAt?.getTime() ?? 0) > TOUCH_AFTER_MS) await touchApiKey(found.id);
  const scopes = API_KEY_SCOPES.filter((scope) => found.scopes.includes(scope));
  return {
    workspaceId: found.workspaceId,
    actor: { kind: "api-key", keyId: found.id, label: found.name },
    permissions: new Set<Permission>(scopes),
    role: null,
    ...caller,
  };
}
