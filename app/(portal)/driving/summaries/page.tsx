import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { DrivingViews } from "#components/driving/driving-views";
import { Page } from "#components/shell/page";
import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { pageContext } from "#lib/auth/page-context";
import { findLatestSummary } from "#lib/driving/summary/service/latest-summary";

export const metadata: Metadata = { title: "Summary" };

/** Leads to the newest summary; its own address always shows the same. */
export default async function LatestSummaryPage() {
  const runId = await findLatestSummary(await pageContext());
  if (runId !== null) redirect(`/runs/${runId}`);
  return (
    <Page
      crumbs={[{ label: "Driving", href: "/driving" }, { label: "Summary" }]}
      views={<DrivingViews current="/driving/summaries" />}
    >
      <h1 className="sr-only">Summary</h1>
      <EmptyState title="No summary yet" actions={<Button href="/runs/new/driving-summary">Compute one</Button>}>
        Distance, driving time, events and a score by driver, day, session and trip, for any period.
      </EmptyState>
    </Page>
  );
}
