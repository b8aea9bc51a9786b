import type { Ctx } from "#lib/auth/context";
import { env } from "#lib/env";
import { newId } from "#lib/ids";
import { enqueueJob } from "#lib/jobs/enqueue";
import { publish } from "#lib/live/publish";
import type { Channels, NewNotification } from "../store.ts";
import { insertNotification } from "../store.ts";

/** Tells one person once, in the inbox and by mail as they chose. The dedupe key names the fact. */
export async function notify(
  scope: Pick<Ctx, "workspaceId">,
  notification: Omit<NewNotification, "id">,
  channels: Channels = { inbox: true, email: true },
): Promise<void> {
  const id = newId();
  const { isNew, wantsEmail } = await insertNotification(scope, { ...notification, id }, channels);
  if (!isNew) return;
  await publish({ workspaceId: scope.workspaceId, topic: "notification", id: notification.userId });
  if (!wantsEmail || !env().SMTP_URL) return;
  const payload = { workspaceId: scope.workspaceId, notificationId: id };
  await enqueueJob(scope, { name: "send-notification-mail", payload, key: `mail:${id}`, maxAttempts: 10 });
}
