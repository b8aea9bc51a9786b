import { z } from "zod";
import { systemContext } from "#lib/auth/context";
import { defineJob } from "#lib/jobs/define";
import { advanceExecution } from "./advance/advance-execution.ts";
import { tickPipelines } from "./advance/tick-pipelines.ts";
import { listExecutionsOfRun } from "./execution-store.ts";
import { reschedulePipelines } from "./service/reschedule-pipelines.ts";
import { startOnNewData } from "./service/start-on-new-data.ts";

const contextOf = (workspaceId: string, label = "pipeline") => systemContext(workspaceId, label, new Date());

export const advancePipelineJob = defineJob({
  name: "advance-pipeline",
  payload: z.object({ workspaceId: z.uuid(), executionId: z.uuid() }),
  maxAttempts: 5,
  timeoutS: 60,
  run: ({ workspaceId, executionId }) => advanceExecution(contextOf(workspaceId), executionId),
});

/** An ended run takes every execution that waits for it a step on. */
export const advancePipelinesOfRunJob = defineJob({
  name: "advance-pipelines-of-run",
  payload: z.object({ workspaceId: z.uuid(), runId: z.uuid() }),
  maxAttempts: 5,
  timeoutS: 60,
  run: async ({ workspaceId, runId }) => {
    const ctx = contextOf(workspaceId);
    for (const executionId of await listExecutionsOfRun(ctx, runId)) await advanceExecution(ctx, executionId);
  },
});

export const tickPipelinesJob = defineJob({
  name: "tick-pipelines",
  payload: z.object({}),
  maxAttempts: 1,
  timeoutS: 300,
  cron: "* * * * *",
  run: () => tickPipelines(new Date()),
});

/** The workspace's zone has changed. */
export const reschedulePipelinesJob = defineJob({
  name: "reschedule-pipelines",
  payload: z.object({ workspaceId: z.uuid() }),
  maxAttempts: 5,
  timeoutS: 60,
  run: ({ workspaceId }) => reschedulePipelines(contextOf(workspaceId)),
});

export const startPipelinesOnNewDataJob = defineJob({
  name: "start-pipelines-on-new-data",
  payload: z.object({ workspaceId: z.uuid() }),
  maxAttempts: 5,
  timeoutS: 60,
  run: ({ workspaceId }) => startOnNewData(contextOf(workspaceId, "new data")),
});
