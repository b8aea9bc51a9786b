import { recordAudit } from "#lib/audit/record";
import { ROLE_PERMISSIONS } from "../permissions.ts";
import type { SessionRecord } from "../store.ts";

type Person = Pick<SessionRecord, "workspaceId" | "userId" | "sessionId" | "email" | "name">;

interface PersonEvent {
  action: string;
  target?: string;
  address: string;
  requestId?: string;
}

/** What a person did about herself, in the log of the workspace she is looking at; in none there is no log. */
export async function recordPersonAudit(person: Person, event: PersonEvent): Promise<void> {
  const { workspaceId, userId, sessionId, email, name } = person;
  if (!workspaceId) return;
  const { address, requestId = "", ...entry } = event;
  const actor = { kind: "user", userId, sessionId, email, label: name } as const;
  const permissions = new Set(ROLE_PERMISSIONS.viewer);
  await recordAudit({ workspaceId, actor, permissions, role: null, requestId, address, now: new Date() }, entry);
}
