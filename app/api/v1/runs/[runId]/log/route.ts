import { z } from "zod";
import { runParams } from "#lib/http/params";
import { route } from "#lib/http/route";
import { logLine, logQuery } from "#lib/runs/schema";
import { followRun } from "#lib/runs/service/follow-run";
import { getRun } from "#lib/runs/service/get-run";
import { listRunLog } from "#lib/runs/store";

export const GET = route(
  {
    access: "runs:read",
    tag: "Runs",
    summary: "Log lines; as text/event-stream they follow the run live and resume from Last-Event-ID",
    params: runParams,
    query: logQuery,
    response: z.object({ lines: z.array(logLine) }),
    produces: ["text/event-stream"],
  },
  async ({ ctx, input, request }) => {
    const { runId } = input.params;
    if (request.headers.get("accept")?.includes("text/event-stream"))
      return followRun(ctx, runId, request, input.query.after);
    await getRun(ctx, runId);
    return { lines: await listRunLog(ctx, runId, input.query) };
  },
);
