import { z } from "zod";
import { defineJob } from "#lib/jobs/define";
import { sendResetLetter } from "./service/reset-password.ts";

export const sendPasswordResetJob = defineJob({
  name: "send-password-reset",
  payload: z.object({ email: z.string().max(320) }),
  maxAttempts: 10,
  timeoutS: 60,
  run: ({ email }) => sendResetLetter(email, new Date()),
});
