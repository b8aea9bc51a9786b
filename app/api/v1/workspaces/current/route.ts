import { route } from "#lib/http/route";
import { changeWorkspaceInput, workspaceView } from "#lib/workspaces/schema";
import { changeWorkspace } from "#lib/workspaces/service/create-workspace";
import { findWorkspace } from "#lib/workspaces/store";

export const GET = route(
  { access: "workspace:read", tag: "Workspaces", summary: "The workspace I look at", response: workspaceView },
  ({ ctx }) => findWorkspace(ctx),
);

export const PATCH = route(
  {
    access: "workspace:manage",
    tag: "Workspaces",
    summary: "Change its name, description or time zone",
    body: changeWorkspaceInput,
    response: workspaceView,
    audit: "workspace.changed",
  },
  ({ ctx, input }) => changeWorkspace(ctx, input.body),
);
