import { z } from "zod";
import { defineJob } from "#lib/jobs/define";
import { childPool } from "./execute/child-pool.ts";
import { executeRun } from "./execute/execute-run.ts";
import { recoverRuns } from "./execute/recover-runs.ts";
import { afterRun } from "./service/after-run.ts";

const runRef = z.object({ workspaceId: z.uuid(), runId: z.uuid() });

export const executeRunJob = defineJob({
  name: "execute-run",
  payload: runRef,
  maxAttempts: 5,
  // The run's own limit ends it earlier; this only frees the slot if supervision itself hangs.
  timeoutS: 25 * 3600,
  run: ({ runId }, { workerId, signal }) => executeRun(runId, { pool: childPool, workerId, shutdown: signal }),
});

export const afterRunJob = defineJob({
  name: "after-run",
  payload: runRef,
  maxAttempts: 8,
  timeoutS: 60,
  run: ({ workspaceId, runId }) => afterRun(workspaceId, runId),
});

export const recoverRunsJob = defineJob({
  name: "recover-runs",
  payload: z.object({}),
  maxAttempts: 1,
  timeoutS: 60,
  cron: "* * * * *",
  run: async () => {
    await recoverRuns();
  },
});
