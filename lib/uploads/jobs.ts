import { z } from "zod";
import { systemContext } from "#lib/auth/context";
import { defineJob } from "#lib/jobs/define";
import { checkUpload } from "./service/check-upload.ts";
import { sweepAllWorkspaces } from "./service/sweep-storage.ts";

export const checkUploadJob = defineJob({
  name: "check-upload",
  payload: z.object({ workspaceId: z.uuid(), uploadId: z.uuid() }),
  maxAttempts: 8,
  timeoutS: 3600,
  run: ({ workspaceId, uploadId }, { signal }) =>
    checkUpload(systemContext(workspaceId, "upload check", new Date()), uploadId, signal),
});

export const sweepStorageJob = defineJob({
  name: "sweep-storage",
  payload: z.object({}),
  maxAttempts: 2,
  timeoutS: 1500,
  cron: "*/30 * * * *",
  run: () => sweepAllWorkspaces(new Date()),
});
