import { z } from "zod";
import { route } from "#lib/http/route";
import { sweepWorkspace } from "#lib/uploads/service/sweep-storage";

const findings = z.object({ found: z.number().int(), takenIn: z.number().int(), abandoned: z.number().int() });

export const POST = route(
  {
    access: "uploads:create",
    tag: "Uploads",
    summary: "Look at storage now for files nobody reported",
    response: findings,
    audit: "storage.refreshed",
  },
  ({ ctx }) => sweepWorkspace(ctx),
);
