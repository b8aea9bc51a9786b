import { revokedCount, sessionView } from "#lib/auth/schema";
import { listMySessions, revokeOtherSessions } from "#lib/auth/service/my-sessions";
import { pageOf, pageQuery } from "#lib/http/pagination";
import { route } from "#lib/http/route";

export const GET = route(
  {
    access: "session",
    tag: "Session",
    summary: "Where I am signed in, newest first",
    query: pageQuery,
    response: pageOf(sessionView),
  },
  ({ ctx, input }) => listMySessions(ctx, input.query),
);

export const DELETE = route(
  {
    access: "session",
    tag: "Session",
    summary: "End all my sessions except this one",
    response: revokedCount,
    audit: "session.others_revoked",
  },
  ({ ctx }) => revokeOtherSessions(ctx),
);
