import { z } from "zod";
import { defineJob } from "#lib/jobs/define";
import { deleteExpiredRows } from "./store.ts";

/** Rows whose use is over: expired sessions and tokens, old idempotency keys and throttles. */
export const cleanUpJob = defineJob({
  name: "clean-up",
  payload: z.object({}),
  maxAttempts: 3,
  timeoutS: 120,
  cron: "17 3 * * *",
  run: () => deleteExpiredRows(),
});
