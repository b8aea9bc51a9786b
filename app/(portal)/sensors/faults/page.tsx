import type { Metadata } from "next";
import Link from "next/link";
import { FaultQueue } from "#components/sensors/faults/fault-queue";
import { ExportMenu } from "#components/sensors/export-menu";
import { SensorsViews } from "#components/sensors/sensors-views";
import { Page } from "#components/shell/page";
import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { LinkTabs } from "#components/ui/link-tabs";
import { can } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import type { FaultReviewState } from "#lib/sensors/faults/schema";
import { EXPORT_FORMATS } from "#lib/http/export-format";
import { type FaultsPage, readFaultsPage } from "#lib/sensors/faults/service/read-faults-page";
import { findWorkspace } from "#lib/workspaces/store";

export const metadata: Metadata = { title: "Faults" };

interface PageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const TABS: readonly { review: FaultReviewState; label: string }[] = [
  { review: "unreviewed", label: "To review" },
  { review: "confirmed", label: "Confirmed" },
  { review: "disputed", label: "Disputed" },
  { review: "maintenance", label: "Maintenance" },
];

const EMPTY: Record<FaultReviewState, [title: string, words: string]> = {
  unreviewed: [
    "Nothing to review",
    "Faults that the detection finds appear here, those that cost the most readings first.",
  ],
  confirmed: ["No fault is confirmed", "Confirmed faults stay flagged and are listed here."],
  disputed: ["No fault is disputed", "What you dispute is not flagged again, and teaches the next detector."],
  maintenance: ["No maintenance is noted", "Spans in which somebody worked on the sensor are listed here."],
};

export default async function SensorFaultsPage({ searchParams }: PageProps) {
  const ctx = await pageContext();
  const params = await searchParams;
  const [page, { timeZone }] = await Promise.all([readFaultsPage(ctx, params), findWorkspace(ctx)]);
  const { review, faults, counts } = page;
  const [title, words] = EMPTY[review];
  return (
    <Page
      crumbs={[{ label: "Sensors", href: "/sensors" }, { label: "Faults" }]}
      views={<SensorsViews current="faults" />}
      actions={
        <>
          <span className="max-md:hidden">
            <ExportMenu href={exportHref(page)} formats={EXPORT_FORMATS} />
          </span>
          {can(ctx, "runs:create") ? (
            <>
              <Button size="sm" href="/runs/new/train-fault-model" className="max-md:hidden">
                Learn from reviews
              </Button>
              <Button size="sm" href="/runs/new/detect-faults" className="max-md:hidden">
                Detect again
              </Button>
            </>
          ) : null}
        </>
      }
    >
      <div className="gutter-x pt-2">
        <h1 className="sr-only">Faults of sensors</h1>
        <LinkTabs
          label="Faults by review"
          tabs={TABS.map((tab) => ({
            href: hrefOf(tab.review, page.sensorId),
            label: tab.label,
            // Counts are those of the workspace.
            ...(page.sensorId ? {} : { count: counts[tab.review] }),
            current: tab.review === review,
          }))}
        />
      </div>
      {page.sensorId ? (
        <p className="gutter-x border-b border-line py-2 text-xs text-muted">
          Only faults of {faults[0]?.sensorCode ?? "one sensor"}.{" "}
          <Link href={hrefOf(review)} className="link">
            Show all
          </Link>
        </p>
      ) : null}
      {faults.length === 0 ? (
        <div className="gutter-x pt-4 pb-10">
          <EmptyState title={title}>{words}</EmptyState>
        </div>
      ) : (
        <FaultQueue
          key={`${review} ${page.kind ?? ""} ${page.sensorId ?? ""}`}
          faults={faults}
          review={review}
          hasMore={page.nextCursor !== null}
          timeZone={timeZone}
          now={ctx.now.toISOString()}
          mayReview={can(ctx, "sensors:write")}
        />
      )}
    </Page>
  );
}

function exportHref({ review, kind, sensorId }: FaultsPage): string {
  const params = new URLSearchParams({ review, ...(kind ? { kind } : {}), ...(sensorId ? { sensorId } : {}) });
  return `/api/v1/sensors/faults/export?${params}`;
}

function hrefOf(review: FaultReviewState, sensorId?: string): string {
  const params = new URLSearchParams();
  if (review !== "unreviewed") params.set("review", review);
  if (sensorId) params.set("sensor", sensorId);
  const text = params.toString();
  return text === "" ? "/sensors/faults" : `/sensors/faults?${text}`;
}
