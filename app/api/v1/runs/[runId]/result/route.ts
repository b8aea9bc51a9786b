import { z } from "zod";
import { viewSpecs } from "#lib/charts/spec";
import { runParams } from "#lib/http/params";
import { route } from "#lib/http/route";
import { getRunResult } from "#lib/runs/service/get-run-result";

const response = z.object({ algorithm: z.string(), version: z.number().int(), result: z.unknown(), view: viewSpecs });

export const GET = route(
  {
    access: "runs:read",
    tag: "Runs",
    summary: "The result of a succeeded run and how it is drawn",
    params: runParams,
    response,
    isRevalidated: true,
  },
  ({ ctx, input }) => getRunResult(ctx, input.params.runId),
);
