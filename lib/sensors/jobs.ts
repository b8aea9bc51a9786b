import { z } from "zod";
import { systemContext } from "#lib/auth/context";
import { defineJob } from "#lib/jobs/define";
import { extendDemo } from "./demo/demo-workspace.ts";
import { analyzeObservations } from "./service/analyze-observations.ts";
import { checkNewReadings, checkPostedReadings } from "./service/check-new-readings.ts";
import { matchReferences } from "./service/match-references.ts";

export const matchReferencesJob = defineJob({
  name: "match-references",
  payload: z.object({ workspaceId: z.uuid() }),
  maxAttempts: 5,
  timeoutS: 600,
  run: ({ workspaceId }) => matchReferences(workspaceId),
});

/** New readings are checked without anybody asking; several files at once share one check. */
export const checkNewReadingsJob = defineJob({
  name: "check-new-readings",
  payload: z.object({ workspaceId: z.uuid() }),
  maxAttempts: 5,
  timeoutS: 60,
  run: ({ workspaceId }) => checkNewReadings(systemContext(workspaceId, "new readings", new Date())),
});

export const checkPostedReadingsJob = defineJob({
  name: "check-posted-readings",
  payload: z.object({ workspaceId: z.uuid() }),
  maxAttempts: 5,
  timeoutS: 60,
  run: ({ workspaceId }) => checkPostedReadings(systemContext(workspaceId, "posted readings", new Date())),
});

export const analyzeObservationsJob = defineJob({
  name: "analyze-observations",
  payload: z.object({}),
  maxAttempts: 2,
  timeoutS: 600,
  run: analyzeObservations,
});

export const extendDemoJob = defineJob({
  name: "extend-demo",
  payload: z.object({}),
  maxAttempts: 2,
  timeoutS: 300,
  cron: "7,37 * * * *",
  run: () => extendDemo(new Date()),
});
