import { systemContext } from "#lib/auth/context";
import { messageOf } from "#lib/errors";
import { log } from "#lib/log";
import { findWorkspace } from "#lib/workspaces/store";
import { nextStart } from "../core/schedule.ts";
import { deleteOldExecutions, listRunningExecutions } from "../execution-store.ts";
import { startExecution } from "../service/start-execution.ts";
import { listDuePipelines, updatePipeline } from "../store.ts";
import { advanceExecution } from "./advance-execution.ts";

const EXECUTIONS_KEPT = 500;

/** Each minute: starts what is due, and looks after what runs. A time that was missed is made up for once. */
export async function tickPipelines(now: Date): Promise<void> {
  for (const due of await listDuePipelines(now)) {
    const ctx = systemContext(due.workspaceId, "schedule", now);
    await safely("pipeline.start_failed", due.id, async () => {
      const { timeZone } = await findWorkspace(ctx);
      // The next time first: a start that fails must not be tried every minute.
      await updatePipeline(ctx, due.id, { nextAt: due.cron ? nextStart(due.cron, timeZone, now) : null });
      await startExecution(ctx, due.id, { trigger: "schedule" });
    });
  }
  for (const { id, workspaceId } of await listRunningExecutions()) {
    await safely("pipeline.advance_failed", id, () =>
      advanceExecution(systemContext(workspaceId, "pipeline", new Date()), id),
    );
  }
  await deleteOldExecutions(EXECUTIONS_KEPT);
}

/** One workspace's trouble is not another's. */
async function safely(event: string, id: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.error(event, { id, error: messageOf(error) });
  }
}
