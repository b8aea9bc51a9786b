import { z } from "zod";
import { route } from "#lib/http/route";
import { appDetail, appSummary, createAppInput } from "#lib/runner/schema";
import { createApp } from "#lib/runner/service/create-app";
import { listApps } from "#lib/runner/service/get-app";

export const GET = route(
  {
    access: "runner:read",
    tag: "Runner",
    summary: "Apps with how their runs of the last 30 days went",
    response: z.object({ items: z.array(appSummary) }),
  },
  async ({ ctx }) => ({ items: await listApps(ctx) }),
);

export const POST = route(
  {
    access: "runner:write",
    tag: "Runner",
    summary:
      "Register an app: an uploaded zip of code, or a Git repository pinned to a commit, whose fieldport.json a worker reads",
    body: createAppInput,
    response: appDetail,
    status: 201,
    audit: "app.created",
  },
  ({ ctx, input }) => createApp(ctx, input.body),
);
