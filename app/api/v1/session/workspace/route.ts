import { mySession, switchWorkspaceInput } from "#lib/auth/schema";
import { switchWorkspace } from "#lib/auth/service/my-session";
import { route } from "#lib/http/route";

export const POST = route(
  {
    access: "session",
    tag: "Session",
    summary: "Look at another of my workspaces, in this browser",
    body: switchWorkspaceInput,
    response: mySession,
    audit: "session.workspace_entered",
  },
  ({ ctx, input }) => switchWorkspace(ctx, input.body.workspaceId),
);
