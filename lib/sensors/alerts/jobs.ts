import { z } from "zod";
import { defineJob } from "#lib/jobs/define";
import { watchAllSensors } from "./service/watch-sensors.ts";

export const watchSensorsJob = defineJob({
  name: "watch-sensors",
  payload: z.object({}),
  maxAttempts: 1,
  timeoutS: 300,
  cron: "* * * * *",
  run: () => watchAllSensors(new Date()),
});
