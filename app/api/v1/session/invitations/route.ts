import { route } from "#lib/http/route";
import { joined, joinInput } from "#lib/workspaces/schema";
import { joinWorkspace } from "#lib/workspaces/service/accept-invitation";

export const POST = route(
  {
    access: "session",
    tag: "Session",
    summary: "Join the workspace that an invitation to my address is for",
    body: joinInput,
    response: joined,
    audit: "member.joined",
  },
  ({ ctx, input }) => joinWorkspace(ctx, input.body.token),
);
