import { z } from "zod";
import { runParams } from "#lib/http/params";
import { route } from "#lib/http/route";
import { createdRun } from "#lib/runs/schema";
import { rerun } from "#lib/runs/service/rerun";

const body = z.object({ params: z.record(z.string(), z.unknown()).optional(), recompute: z.boolean().default(true) });

export const POST = route(
  {
    access: "runs:create",
    tag: "Runs",
    summary: "Run again, as it was or with changed parameters",
    params: runParams,
    body,
    response: createdRun,
    status: 202,
    audit: "run.rerun",
  },
  ({ ctx, input }) => rerun(ctx, input.params.runId, input.body),
);
