import { AppError } from "#lib/errors";
import type { Page, PageQuery } from "#lib/http/pagination";
import type { SessionCaller } from "#lib/http/route-spec";
import { listSessions, revokeSessions, type MySessionRecord } from "../session-store.ts";
import { revokeSession } from "../store.ts";
import { recordPersonAudit } from "./record-person-audit.ts";

export async function listMySessions(
  caller: Pick<SessionCaller, "userId" | "sessionId" | "now">,
  query: PageQuery,
): Promise<Page<MySessionRecord & { isCurrent: boolean }>> {
  const page = await listSessions(caller.userId, caller.now, query);
  return { ...page, items: page.items.map((item) => ({ ...item, isCurrent: item.id === caller.sessionId })) };
}

/** Ends one of my sessions; its browser has to sign in again at its next request. */
export async function revokeMySession(caller: SessionCaller, sessionId: string): Promise<void> {
  const { userId, address, requestId, now } = caller;
  if (!(await revokeSession(userId, sessionId, now))) throw new AppError("not_found", "There is no such session.");
  await recordPersonAudit(caller, { action: "session.revoked", target: sessionId, address, requestId });
}

export async function revokeOtherSessions(caller: SessionCaller): Promise<{ revoked: number }> {
  const { userId, sessionId, address, requestId, now } = caller;
  const revoked = await revokeSessions(userId, { except: sessionId, now });
  await recordPersonAudit(caller, { action: "session.others_revoked", address, requestId });
  return { revoked };
}
