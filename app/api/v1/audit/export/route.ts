import { z } from "zod";
import { exportAudit } from "#lib/audit/service/export-audit";
import { route } from "#lib/http/route";

export const GET = route(
  {
    access: "audit:read",
    tag: "Audit",
    summary: "The whole audit log, streamed as CSV",
    query: z.object({ action: z.string().optional() }),
    produces: ["text/csv"],
  },
  ({ ctx, input }) => exportAudit(ctx, input.query),
);
