import { z } from "zod";
import { requireUser } from "#lib/auth/context";
import { route } from "#lib/http/route";
import { notificationSetting } from "#lib/notifications/schema";
import { listNotificationSettings } from "#lib/notifications/service/list-settings";
import { saveSetting } from "#lib/notifications/store";

export const GET = route(
  {
    access: "notifications:read",
    tag: "Notifications",
    summary: "What I am told, and how",
    response: z.object({ items: z.array(notificationSetting) }),
  },
  async ({ ctx }) => ({ items: await listNotificationSettings(ctx, requireUser(ctx).userId) }),
);

export const PUT = route(
  {
    access: "notifications:read",
    tag: "Notifications",
    summary: "Choose inbox and e-mail for one kind",
    body: notificationSetting.omit({ label: true }),
  },
  ({ ctx, input }) => saveSetting(ctx, requireUser(ctx).userId, input.body),
);
