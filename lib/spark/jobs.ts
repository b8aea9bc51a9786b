import { z } from "zod";
import { env } from "#lib/env";
import { defineJob } from "#lib/jobs/define";

export const reapSparkJobsJob = defineJob({
  name: "reap-spark-jobs",
  payload: z.object({}),
  maxAttempts: 1,
  timeoutS: 300,
  cron: "* * * * *",
  run: async () => {
    // On this machine Spark ends with the process that started it.
    if (env().FIELDPORT_SPARK !== "emr") return;
    await (await import("./emr/reap-jobs.ts")).reapJobs(new Date());
  },
});
