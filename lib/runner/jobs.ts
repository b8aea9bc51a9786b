import { z } from "zod";
import { systemContext } from "#lib/auth/context";
import { defineJob } from "#lib/jobs/define";
import { log } from "#lib/log";
import { readManifest } from "./service/read-manifest.ts";
import { reap } from "./service/reap.ts";
import { settleRun } from "./service/settle-run.ts";
import { startForUpload } from "./service/start-for-upload.ts";
import { sweepInputs } from "./service/sweep-inputs.ts";
import { takeInInput } from "./service/take-in-input.ts";
import { rescheduleTriggers } from "./triggers/manage-triggers.ts";
import { tickTriggers } from "./triggers/start-triggered.ts";

export const settleAppRunJob = defineJob({
  name: "settle-app-run",
  payload: z.object({ workspaceId: z.uuid(), runId: z.uuid() }),
  maxAttempts: 8,
  timeoutS: 300,
  run: ({ workspaceId, runId }) => settleRun(workspaceId, runId),
});

export const takeInAppInputJob = defineJob({
  name: "take-in-app-input",
  payload: z.object({ workspaceId: z.uuid(), objectKey: z.string().max(1024) }),
  maxAttempts: 8,
  timeoutS: 1800,
  run: async ({ workspaceId, objectKey }, { signal }) => {
    await takeInInput(workspaceId, objectKey, signal);
  },
});

export const startAppForUploadJob = defineJob({
  name: "start-app-for-upload",
  payload: z.object({ workspaceId: z.uuid(), uploadId: z.uuid() }),
  maxAttempts: 8,
  timeoutS: 60,
  run: ({ workspaceId, uploadId }) => startForUpload(systemContext(workspaceId, "upload", new Date()), uploadId),
});

const READ_TRIES = 5;

export const readAppManifestJob = defineJob({
  name: "read-app-manifest",
  payload: z.object({ workspaceId: z.uuid(), appId: z.uuid(), readingId: z.uuid() }),
  maxAttempts: READ_TRIES,
  timeoutS: 900,
  run: ({ workspaceId, ...reading }, { signal, attempt }) => {
    const ctx = systemContext(workspaceId, "fieldport.json", new Date());
    return readManifest(ctx, reading, { signal, isLastTry: attempt >= READ_TRIES });
  },
});

export const sweepAppInputsJob = defineJob({
  name: "sweep-app-inputs",
  payload: z.object({}),
  maxAttempts: 1,
  timeoutS: 1500,
  cron: "*/5 * * * *",
  run: async (_, { signal }) => {
    const started = await sweepInputs(signal);
    if (started > 0) log.info("runner.swept", { started });
  },
});

export const reapAppRunsJob = defineJob({
  name: "reap-app-runs",
  payload: z.object({}),
  maxAttempts: 1,
  timeoutS: 300,
  cron: "* * * * *",
  run: async () => {
    await reap(new Date());
  },
});

export const tickAppTriggersJob = defineJob({
  name: "tick-app-triggers",
  payload: z.object({}),
  maxAttempts: 1,
  timeoutS: 300,
  cron: "* * * * *",
  run: () => tickTriggers(new Date()),
});

/** The workspace's zone has changed. */
export const rescheduleAppTriggersJob = defineJob({
  name: "reschedule-app-triggers",
  payload: z.object({ workspaceId: z.uuid() }),
  maxAttempts: 5,
  timeoutS: 60,
  run: ({ workspaceId }) => rescheduleTriggers(systemContext(workspaceId, "schedule", new Date())),
});
