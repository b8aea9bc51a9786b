import type { Ctx } from "#lib/auth/context";
import { csvResponse } from "#lib/http/csv-response";
import { listAuditEvents } from "../store.ts";

const PAGE = 500;
const COLUMNS = ["at", "actor_kind", "actor", "action", "target", "address", "request_id"];

/** The whole log, newest first, or one kind of action of it. */
export function exportAudit(ctx: Ctx, { action }: { action?: string | undefined }): Response {
  return csvResponse({ fileName: "audit-log.csv", columns: COLUMNS }, rowsOf(ctx, action));
}

async function* rowsOf(ctx: Ctx, action: string | undefined): AsyncGenerator<(string | null)[], void, undefined> {
  let cursor: string | undefined;
  do {
    const page = await listAuditEvents(ctx, { limit: PAGE, cursor, action });
    for (const { at, actorKind, actorLabel, action: done, target, address, requestId } of page.items)
      yield [at.toISOString(), actorKind, actorLabel, done, target, address, requestId];
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
