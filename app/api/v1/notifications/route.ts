import { requireUser } from "#lib/auth/context";
import { pageQuery } from "#lib/http/pagination";
import { route } from "#lib/http/route";
import { inboxAnswer, markReadInput } from "#lib/notifications/schema";
import { listInbox, markRead } from "#lib/notifications/store";

export const GET = route(
  {
    access: "notifications:read",
    tag: "Notifications",
    summary: "My inbox, newest first",
    query: pageQuery,
    response: inboxAnswer,
  },
  ({ ctx, input }) => listInbox(ctx, requireUser(ctx).userId, input.query),
);

export const POST = route(
  { access: "notifications:read", tag: "Notifications", summary: "Mark notifications as read", body: markReadInput },
  ({ ctx, input }) => markRead(ctx, requireUser(ctx).userId, input.body.ids),
);
