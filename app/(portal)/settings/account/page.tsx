import type { Metadata } from "next";
import type { ReactNode } from "react";
import { NameForm } from "#components/settings/name-form";
import { PasswordForm } from "#components/settings/password-form";
import { SessionTable } from "#components/settings/session-table";
import { SettingsFrame } from "#components/settings/settings-frame";
import { ShortcutsSwitch } from "#components/shell/shortcuts-switch";
import { PageHead } from "#components/ui/page-head";
import { requireUser } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { sessionView } from "#lib/auth/schema";
import { listMySessions } from "#lib/auth/service/my-sessions";
import { findPasswordHash } from "#lib/auth/user-store";
import { findWorkspace } from "#lib/workspaces/store";

export const metadata: Metadata = { title: "My account" };

export default async function AccountPage() {
  const ctx = await pageContext();
  const { userId, sessionId, label, email } = requireUser(ctx);
  const [sessions, passwordHash, workspace] = await Promise.all([
    listMySessions({ userId, sessionId, now: ctx.now }, { limit: 100 }),
    findPasswordHash(userId),
    findWorkspace(ctx),
  ]);
  return (
    <SettingsFrame ctx={ctx} current="/settings/account">
      <PageHead title="My account">The same in every workspace you belong to.</PageHead>
      <NameForm name={label} email={email} />
      <Part>
        <h2 className="mb-2.5 text-base leading-5">Password</h2>
        {passwordHash === null ? (
          <p className="text-sm text-muted">
            You sign in without a password. “Forgot it” on the sign-in page sets one, if you want one.
          </p>
        ) : (
          <PasswordForm email={email} />
        )}
      </Part>
      <Part>
        <h2 className="mb-2.5 text-base leading-5">Keyboard</h2>
        <ShortcutsSwitch />
      </Part>
      <Part>
        <SessionTable
          sessions={sessions.items.map((item) => sessionView.parse(item))}
          timeZone={workspace.timeZone}
          nowMs={ctx.now.getTime()}
        />
      </Part>
    </SettingsFrame>
  );
}

function Part({ children }: { children: ReactNode }) {
  return <section className="mt-8 border-t border-line pt-[18px]">{children}</section>;
}
