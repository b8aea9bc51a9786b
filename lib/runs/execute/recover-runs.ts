import { log } from "#lib/log";
import { publish } from "#lib/live/publish";
import { enqueueAfterRun, enqueueRun } from "./execute-run.ts";
import { closeSteps, endRun, findExpiredLeases, findQueuedRuns, MAX_ATTEMPTS, requeueRun } from "./store.ts";

/** A queued run this old should long have been taken; its job is added again (adding twice is harmless). */
const QUEUED_WITHOUT_JOB_S = 60;

/** Picks up what dead workers left: back into the queue, or after the last attempt "lost" with the reason. */
export async function recoverRuns(): Promise<{ requeued: number; lost: number }> {
  let requeued = 0;
  let lost = 0;
  for (const lease of await findExpiredLeases()) {
    if (lease.isCancelRequested) {
      const ending = { state: "cancelled" as const, errorCode: null, errorDetail: "Cancelled." };
      if (await endRun(lease, ending)) await enqueueAfterRun(lease);
    } else if (lease.attempt < MAX_ATTEMPTS) {
      if (await requeueRun(lease)) {
        await enqueueRun(lease);
        requeued += 1;
      }
    } else {
      const errorDetail = `The worker ${lease.workerId} stopped answering during attempt ${lease.attempt} of ${MAX_ATTEMPTS}.`;
      if (await endRun(lease, { state: "lost", errorCode: "lost", errorDetail })) {
        await enqueueAfterRun(lease);
        lost += 1;
      }
    }
    await closeSteps(lease, new Date());
    await publish({ workspaceId: lease.workspaceId, topic: "run", id: lease.runId });
  }
  for (const run of await findQueuedRuns(QUEUED_WITHOUT_JOB_S)) await enqueueRun(run);
  if (requeued + lost > 0) log.warn("runs.recovered", { requeued, lost });
  return { requeued, lost };
}
