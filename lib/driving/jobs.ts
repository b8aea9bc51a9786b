import { z } from "zod";
import { defineJob } from "#lib/jobs/define";
import { sweepDriving } from "./service/sweep-driving.ts";

/** What time alone brings about must happen also where nobody is watching. */
export const sweepDrivingJob = defineJob({
  name: "sweep-driving",
  payload: z.object({}),
  maxAttempts: 1,
  timeoutS: 50,
  cron: "* * * * *",
  run: () => sweepDriving(),
});
