import type { Metadata } from "next";
import { NotificationSwitches } from "#components/settings/notification-switches";
import { SettingsFrame } from "#components/settings/settings-frame";
import { Note } from "#components/ui/note";
import { PageHead } from "#components/ui/page-head";
import { requireUser } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { getSignInOptions } from "#lib/auth/service/sign-in-options";
import { listNotificationSettings } from "#lib/notifications/service/list-settings";

export const metadata: Metadata = { title: "Notifications" };

export default async function NotificationsPage() {
  const ctx = await pageContext();
  const { userId, email } = requireUser(ctx);
  const settings = await listNotificationSettings(ctx, userId);
  return (
    <SettingsFrame ctx={ctx} current="/settings/notifications">
      <PageHead title="Notifications">What you are told about this workspace. Nobody else sees your choice.</PageHead>
      {getSignInOptions().isMailOn ? null : (
        <Note state="info" className="mb-4">
          This portal sends no mail yet: an administrator sets SMTP_URL. Your choice is kept until then.
        </Note>
      )}
      <NotificationSwitches settings={settings} email={email} />
    </SettingsFrame>
  );
}
