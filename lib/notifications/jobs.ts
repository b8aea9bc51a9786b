import { z } from "zod";
import { publicUrl } from "#lib/env";
import { defineJob } from "#lib/jobs/define";
import { sendMail } from "./mail.ts";
import { findUnmailed, markMailed } from "./store.ts";

export const sendNotificationMailJob = defineJob({
  name: "send-notification-mail",
  payload: z.object({ workspaceId: z.uuid(), notificationId: z.uuid() }),
  maxAttempts: 10,
  timeoutS: 60,
  run: async ({ workspaceId, notificationId }) => {
    const letter = await findUnmailed({ workspaceId }, notificationId);
    if (!letter) return;
    const text = `${letter.body || letter.title}\n\n${publicUrl()}${letter.link}\n\nWorkspace: ${letter.workspaceName}. Change what you get: ${publicUrl()}/settings/notifications\n`;
    await sendMail({ to: letter.to, subject: letter.title, text, messageId: `<${notificationId}@fieldport>` });
    await markMailed({ workspaceId }, notificationId, new Date());
  },
});
