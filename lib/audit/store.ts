import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { decodeCursor, toPage, type Page } from "#lib/http/pagination";

export interface AuditEvent {
  id: string;
  at: Date;
  actorKind: string;
  actorId: string | null;
  actorLabel: string;
  action: string;
  target: string | null;
  detail: Record<string, string | number | boolean | null>;
  requestId: string | null;
  address: string | null;
}

export async function insertAuditEvent(ctx: Ctx, event: AuditEvent): Promise<void> {
  await inWorkspace(ctx, (tx) => tx.auditEvent.create({ data: { ...event, workspaceId: ctx.workspaceId } }));
}

/** Newest first; ids are time-ordered (UUIDv7), so they are the cursor. */
export async function listAuditEvents(
  ctx: Ctx,
  query: { cursor?: string | undefined; limit: number; action?: string | undefined },
): Promise<Page<Omit<AuditEvent, "detail">>> {
  const before = query.cursor ? decodeCursor(query.cursor, 1)[0] : undefined;
  const rows = await inWorkspace(ctx, (tx) =>
    tx.auditEvent.findMany({
      where: {
        workspaceId: ctx.workspaceId,
        ...(before ? { id: { lt: before } } : {}),
        ...(query.action ? { action: query.action } : {}),
      },
      orderBy: { id: "desc" },
      take: query.limit + 1,
      omit: { detail: true, workspaceId: true },
    }),
  );
  return toPage(rows, query.limit, (row) => [row.id]);
}
