import { z } from "zod";
import { listAuditEvents } from "#lib/audit/store";
import { pageOf, pageQuery } from "#lib/http/pagination";
import { route } from "#lib/http/route";

const auditEvent = z.object({
  id: z.uuid(),
  at: z.coerce.date().transform((date) => date.toISOString()),
  actorKind: z.string(),
  actorId: z.string().nullable(),
  actorLabel: z.string(),
  action: z.string(),
  target: z.string().nullable(),
  requestId: z.string().nullable(),
  address: z.string().nullable(),
});

export const GET = route(
  {
    access: "audit:read",
    tag: "Audit",
    summary: "Who did what, newest first",
    query: pageQuery.extend({ action: z.string().optional() }),
    response: pageOf(auditEvent),
  },
  ({ ctx, input }) => listAuditEvents(ctx, input.query),
);
