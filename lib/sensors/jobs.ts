import { z } from "zod";
import { defineJob } from "#lib/jobs/define";
import { matchReferences } from "./service/match-references.ts";

export const matchReferencesJob = defineJob({
  name: "match-references",
  payload: z.object({ workspaceId: z.uuid() }),
  maxAttempts: 5,
  timeoutS: 600,
  run: ({ workspaceId }) => matchReferences(workspaceId),
});
