import { pageOf } from "#lib/http/pagination";
import { appParams } from "#lib/http/params";
import { route } from "#lib/http/route";
import { appRunSummary, listAppRunsQuery, startAppInput } from "#lib/runner/schema";
import { listRunsOfApp } from "#lib/runner/service/list-app-runs";
import { startApp } from "#lib/runner/service/start-app";
import { createdRun } from "#lib/runs/schema";

export const GET = route(
  {
    access: "runner:read",
    tag: "Runner",
    summary: "Runs of an app, the newest first",
    params: appParams,
    query: listAppRunsQuery,
    response: pageOf(appRunSummary),
  },
  ({ ctx, input }) => listRunsOfApp(ctx, input.params.appId, input.query),
);

export const POST = route(
  {
    access: "runs:create",
    tag: "Runner",
    summary: "Run an app on an uploaded zip; the same revision, input and parameters give the stored result",
    params: appParams,
    body: startAppInput,
    response: createdRun,
    status: 202,
    audit: "app.started",
  },
  ({ ctx, input }) => startApp(ctx, input.params.appId, input.body),
);
