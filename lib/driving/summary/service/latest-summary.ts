import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { listRunChoices } from "#lib/runs/store";

/** The run that made the newest summary; null before there is one. */
export async function findLatestSummary(ctx: Ctx): Promise<string | null> {
  const [newest] = await listRunChoices(ctx, { kinds: ["driving-summary"], limit: 1 });
  return newest?.id ?? null;
}

/** Sends the caller to the newest result, whose own address always means the same. */
export async function redirectToLatestSummary(ctx: Ctx): Promise<Response> {
  const runId = await findLatestSummary(ctx);
  if (runId === null) throw new AppError("not_found", "No driving summary has been computed in this workspace yet.");
  return new Response(null, {
    status: 307,
    headers: { location: `/api/v1/runs/${runId}/result`, "cache-control": "no-store" },
  });
}
