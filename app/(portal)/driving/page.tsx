import type { Metadata } from "next";
import { DrivingViews } from "#components/driving/driving-views";
import { LivePage } from "#components/driving/live/live-page";
import { Page } from "#components/shell/page";
import { can } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { publicUrl } from "#lib/env";
import { configuredTiles } from "#lib/maps/configured-tiles";
import { findWorkspace } from "#lib/workspaces/store";

export const metadata: Metadata = { title: "Driving" };

export default async function DrivingPage() {
  const ctx = await pageContext();
  const { timeZone } = await findWorkspace(ctx);
  return (
    <Page
      crumbs={[{ label: "Driving", href: "/driving" }, { label: "Live" }]}
      fill
      views={<DrivingViews current="/driving" />}
    >
      <h1 className="sr-only">Live board</h1>
      <LivePage
        now={ctx.now.toISOString()}
        timeZone={timeZone}
        tiles={configuredTiles()}
        baseUrl={publicUrl()}
        mayJudge={can(ctx, "driving:write")}
        mayMakeKeys={can(ctx, "keys:manage")}
      />
    </Page>
  );
}
