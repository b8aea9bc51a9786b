import { z } from "zod";
import { revokeMySession } from "#lib/auth/service/my-sessions";
import { route } from "#lib/http/route";

export const DELETE = route(
  {
    access: "session",
    tag: "Session",
    summary: "End one of my sessions",
    params: z.object({ sessionId: z.uuid() }),
    audit: "session.revoked",
  },
  ({ ctx, input }) => revokeMySession(ctx, input.params.sessionId),
);
