import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { AppError } from "#lib/errors";
import { enqueueJob } from "#lib/jobs/enqueue";
import { publish } from "#lib/live/publish";
import type { RunDetail } from "../schema.ts";
import { requestCancel } from "../store.ts";
import { getRun } from "./get-run.ts";

/** Cancels at any moment: a waiting run ends now, a running one within about a second; an ended one stays. */
export async function cancelRun(ctx: Ctx, runId: string): Promise<RunDetail> {
  await inWorkspace(ctx, async () => {
    const before = await requestCancel(ctx, runId);
    if (before === null) throw new AppError("not_found", "There is no such run in this workspace.");
    // One that nobody had taken has ended here; the others end with their worker.
    if (before === "queued") {
      const payload = { workspaceId: ctx.workspaceId, runId };
      await enqueueJob(ctx, { name: "after-run", payload, key: `after:${runId}` });
    }
    await publish({ workspaceId: ctx.workspaceId, topic: "run-cancel", id: runId });
    await publish({ workspaceId: ctx.workspaceId, topic: "run", id: runId });
  });
  return getRun(ctx, runId);
}
