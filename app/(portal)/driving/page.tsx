import type { Metadata } from "next";
import { LiveBoard } from "#components/driving/live-board";
import { Page } from "#components/shell/page";
import { can } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { readLivePage } from "#lib/driving/service/read-live-page";

export const metadata: Metadata = { title: "Driving" };

export default async function DrivingPage() {
  const ctx = await pageContext();
  const { extent, tiles } = await readLivePage(ctx);
  return (
    <Page crumbs={[{ label: "Driving" }, { label: "Live" }]} fill>
      <LiveBoard extent={extent} tiles={tiles} mayJudge={can(ctx, "driving:write")} />
    </Page>
  );
}
