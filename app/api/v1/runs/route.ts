import { pageOf } from "#lib/http/pagination";
import { route } from "#lib/http/route";
import { createdRun, createRunInput, listRunsQuery, runSummary } from "#lib/runs/schema";
import { createRun } from "#lib/runs/service/create-run";
import { listRuns } from "#lib/runs/store";

export const GET = route(
  {
    access: "runs:read",
    tag: "Runs",
    summary: "List runs, newest first",
    query: listRunsQuery,
    response: pageOf(runSummary),
  },
  ({ ctx, input }) => listRuns(ctx, input.query),
);

export const POST = route(
  {
    access: "runs:create",
    tag: "Runs",
    summary: "Run an algorithm, join the run that computes the same, or get its stored result",
    body: createRunInput,
    response: createdRun,
    status: 202,
    audit: "run.created",
  },
  ({ ctx, input }) => createRun(ctx, input.body),
);
