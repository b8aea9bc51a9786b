import type { ReactNode } from "react";
import { MainNav } from "#components/shell/main-nav";
import { ShellProvider } from "#components/shell/shell-context";
import { TabBar } from "#components/shell/tab-bar";
import { ToastProvider } from "#components/ui/toast";
import { UploadProvider } from "#components/uploads/upload-provider";
import { pageContext } from "#lib/auth/page-context";
import { requireUser } from "#lib/auth/context";
import { readNavCounts } from "#lib/workspaces/service/read-nav-counts";
import { listWorkspacesOf } from "#lib/workspaces/store";

export default async function PortalLayout({ children }: { children: ReactNode }) {
  const ctx = await pageContext();
  const user = requireUser(ctx);
  const [workspaces, counts] = await Promise.all([listWorkspacesOf(user.userId), readNavCounts(ctx)]);
  const { unread, ...shown } = counts;
  const current = workspaces.find((workspace) => workspace.id === ctx.workspaceId);
  const person = { name: user.label, email: user.email, role: ctx.role ?? "" };
  return (
    <ShellProvider value={{ person, workspaceName: current?.name ?? "", unread }}>
      <ToastProvider>
        <UploadProvider workspaceId={ctx.workspaceId} userId={user.userId}>
          <a href="#main" className="skip-link">
            Skip to content
          </a>
          <div className="flex min-h-dvh max-[860px]:block max-[860px]:pb-[60px]">
            <MainNav
              workspaces={workspaces}
              workspaceId={ctx.workspaceId}
              counts={{
                ...{ "/uploads": shown.uploads, "/runs": shown.runs },
                ...{ "/sensors": shown.sensors, "/driving": shown.drivingAlerts },
              }}
            />
            {children}
            <TabBar workspaces={workspaces} workspaceId={ctx.workspaceId} />
          </div>
        </UploadProvider>
      </ToastProvider>
    </ShellProvider>
  );
}
