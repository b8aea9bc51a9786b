import { z } from "zod";
import { route } from "#lib/http/route";
import { createWorkspaceInput, myWorkspace, workspaceView } from "#lib/workspaces/schema";
import { createWorkspace } from "#lib/workspaces/service/create-workspace";
import { listWorkspacesOf } from "#lib/workspaces/store";

export const GET = route(
  {
    access: "session",
    tag: "Workspaces",
    summary: "My workspaces, by name",
    response: z.object({ items: z.array(myWorkspace) }),
  },
  async ({ ctx }) => ({ items: await listWorkspacesOf(ctx.userId) }),
);

export const POST = route(
  {
    access: "workspace:manage",
    tag: "Workspaces",
    summary: "Create a workspace that I own",
    body: createWorkspaceInput,
    response: workspaceView,
    status: 201,
    audit: "workspace.created",
  },
  ({ ctx, input }) => createWorkspace(ctx, input.body),
);
