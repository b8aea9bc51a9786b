import type { Ctx } from "#lib/auth/context";
import { isMailedByDefault, NOTIFICATION_KINDS, type NotificationKind } from "../kinds.ts";
import type { NotificationSetting } from "../schema.ts";
import { listSettings } from "../store.ts";

/** Every kind with the person's choice, or what applies without one. */
export async function listNotificationSettings(ctx: Ctx, userId: string): Promise<NotificationSetting[]> {
  const chosen = new Map((await listSettings(ctx, userId)).map((setting) => [setting.kind, setting]));
  return (Object.entries(NOTIFICATION_KINDS) as [NotificationKind, string][]).map(([kind, label]) => {
    const choice = chosen.get(kind);
    return { kind, label, inbox: choice?.inbox ?? true, email: choice?.email ?? isMailedByDefault(kind) };
  });
}
