import { pageOf, pageQuery } from "#lib/http/pagination";
import { route } from "#lib/http/route";
import { listMembers } from "#lib/workspaces/member-store";
import { memberView } from "#lib/workspaces/schema";

export const GET = route(
  {
    access: "members:read",
    tag: "Members",
    summary: "Members and their roles",
    query: pageQuery,
    response: pageOf(memberView),
  },
  ({ ctx, input }) => listMembers(ctx, input.query),
);
