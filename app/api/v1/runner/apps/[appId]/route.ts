import { z } from "zod";
import { appParams } from "#lib/http/params";
import { route } from "#lib/http/route";
import { appDetail, changeAppInput } from "#lib/runner/schema";
import { changeApp } from "#lib/runner/service/change-app";
import { deleteApp } from "#lib/runner/service/delete-app";
import { getApp } from "#lib/runner/service/get-app";

export const GET = route(
  {
    access: "runner:read",
    tag: "Runner",
    summary: "An app with its manifest; secrets by name only",
    params: appParams,
    response: appDetail,
  },
  ({ ctx, input }) => getApp(ctx, input.params.appId),
);

export const PATCH = route(
  {
    access: "runner:write",
    tag: "Runner",
    summary: "Change an app: code, manifest, secrets, name, archive it",
    params: appParams,
    body: changeAppInput,
    response: appDetail,
    audit: "app.changed",
  },
  ({ ctx, input }) => changeApp(ctx, input.params.appId, input.body),
);

export const DELETE = route(
  {
    access: "runner:write",
    tag: "Runner",
    summary: "Remove an app that has never run",
    params: appParams,
    response: z.object({ removed: z.boolean() }),
    audit: "app.removed",
  },
  async ({ ctx, input }) => {
    await deleteApp(ctx, input.params.appId);
    return { removed: true };
  },
);
