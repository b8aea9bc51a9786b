import { z } from "zod";
import { defineJob } from "#lib/jobs/define";
import { computeDemoStatistics } from "./demo/demo-sessions.ts";

export const computeDemoStatisticsJob = defineJob({
  name: "compute-demo-statistics",
  payload: z.object({ workspaceId: z.uuid(), looks: z.number().int() }),
  maxAttempts: 3,
  timeoutS: 60,
  run: ({ workspaceId, looks }) => computeDemoStatistics(workspaceId, looks, new Date()),
});
