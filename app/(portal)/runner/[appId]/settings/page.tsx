import type { Metadata } from "next";
import { AppSettings } from "#components/runner/app-settings";
import { Page } from "#components/shell/page";
import { ErrorState } from "#components/ui/error-state";
import { PageHead } from "#components/ui/page-head";
import { can } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { foundOr404 } from "#lib/http/found-or-404";
import { appParams } from "#lib/http/params";
import { getApp } from "#lib/runner/service/get-app";

export const metadata: Metadata = { title: "Change app" };

export default async function AppSettingsPage({ params }: { params: Promise<{ appId: string }> }) {
  const ctx = await pageContext();
  const { appId } = await params;
  const app = await foundOr404(appParams, { appId }, () => getApp(ctx, appId));
  const crumbs = [
    { label: "Apps", href: "/runner" },
    { label: app.name, href: `/runner/${app.id}` },
  ];
  return (
    <Page crumbs={[...crumbs, { label: "Change" }]}>
      <div className="gutter-x max-w-[680px] pt-[22px] pb-10">
        <PageHead title={`Change ${app.name}`} />
        {can(ctx, "runner:write") ? (
          <AppSettings app={app} />
        ) : (
          <ErrorState title="You can view apps, not change them">
            Editors can. Ask an owner of this workspace to change your role.
          </ErrorState>
        )}
      </div>
    </Page>
  );
}
