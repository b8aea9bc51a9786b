import { actorId, type Ctx } from "#lib/auth/context";
import { newId } from "#lib/ids";
import { insertAuditEvent } from "./store.ts";

export interface AuditEntry {
  action: string;
  target?: string;
  detail?: Record<string, string | number | boolean | null>;
}

/** Writes who did what; append-only, part of the caller's transaction when one is open. */
export async function recordAudit(ctx: Ctx, entry: AuditEntry): Promise<void> {
  await insertAuditEvent(ctx, {
    id: newId(),
    at: ctx.now,
    actorKind: ctx.actor.kind,
    actorId: actorId(ctx.actor),
    actorLabel: ctx.actor.label,
    action: entry.action,
    target: entry.target ?? null,
    detail: entry.detail ?? {},
    requestId: ctx.requestId,
    address: ctx.address,
  });
}
