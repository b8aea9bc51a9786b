import type { Metadata } from "next";
import { AlertTable, CONDITION_WORDS } from "#components/sensors/alert-table";
import { SensorsViews } from "#components/sensors/sensors-views";
import { Page } from "#components/shell/page";
import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { LinkTabs } from "#components/ui/link-tabs";
import { PageHead } from "#components/ui/page-head";
import { SegmentedLinks } from "#components/ui/segmented";
import { pageContext } from "#lib/auth/page-context";
import { countOf } from "#lib/format/lists";
import { ALERT_CONDITIONS } from "#lib/sensors/alerts/core/decide-alert";
import { readAlertsPage, type AlertsPage } from "#lib/sensors/alerts/service/read-alerts-page";
import { findWorkspace } from "#lib/workspaces/store";

export const metadata: Metadata = { title: "Sensor alerts" };

interface PageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SensorAlertsPage({ searchParams }: PageProps) {
  const ctx = await pageContext();
  const params = await searchParams;
  const [page, { timeZone }] = await Promise.all([readAlertsPage(ctx, params), findWorkspace(ctx)]);
  const { query, alerts, openCount, openByCondition } = page;
  return (
    <Page
      crumbs={[{ label: "Sensors", href: "/sensors" }, { label: "Alerts" }]}
      views={<SensorsViews current="alerts" />}
    >
      <div className="gutter-x pt-[22px] pb-10 max-md:pt-4">
        <PageHead
          title={openCount === 0 ? "No open alert" : countOf(openCount, "open alert")}
          actions={
            <Button size="sm" href="/settings/notifications">
              What you are told
            </Button>
          }
        >
          Told when a fault has lasted ten minutes, a sensor misses several readings or its battery is low; over when
          that has been gone for a while.
        </PageHead>
        <div className="mb-4 flex flex-wrap items-end justify-between gap-3">
          <LinkTabs
            label="Alerts"
            tabs={[
              {
                href: hrefOf(query, { state: "open" }),
                label: "Open",
                count: openCount,
                current: query.state === "open",
              },
              { href: hrefOf(query, { state: "ended" }), label: "Over", current: query.state === "ended" },
            ]}
          />
          <SegmentedLinks
            label="Condition"
            segments={[
              { href: hrefOf(query, { condition: undefined }), label: "All", current: query.condition === undefined },
              ...ALERT_CONDITIONS.map((condition) => ({
                href: hrefOf(query, { condition }),
                label: `${CONDITION_WORDS[condition]}${query.state === "open" ? ` ${openByCondition[condition] ?? 0}` : ""}`,
                current: query.condition === condition,
              })),
            ]}
          />
        </div>
        {alerts.length === 0 ? (
          <EmptyState title={query.state === "open" ? "Nothing to tell" : "No alert has ended yet"}>
            {query.state === "open"
              ? "No sensor that measures now is in this condition for long enough to be told."
              : "Alerts that are over appear here, with how long they lasted."}
          </EmptyState>
        ) : (
          <AlertTable alerts={alerts} timeZone={timeZone} now={ctx.now} />
        )}
        <nav aria-label="Pages of the list" className="mt-4 flex gap-2">
          {query.cursor ? <Button href={hrefOf(query, {})}>Newest</Button> : null}
          {page.nextCursor ? <Button href={hrefOf(query, { cursor: page.nextCursor })}>Older alerts</Button> : null}
        </nav>
      </div>
    </Page>
  );
}

/** The address of this list with something changed; a changed list begins at its newest. */
function hrefOf(query: AlertsPage["query"], change: Partial<AlertsPage["query"]>): string {
  const { state, condition, cursor } = { ...query, cursor: undefined, ...change };
  const params = new URLSearchParams();
  if (state === "ended") params.set("state", state);
  if (condition) params.set("condition", condition);
  if (cursor) params.set("cursor", cursor);
  const text = params.toString();
  return text === "" ? "/sensors/alerts" : `/sensors/alerts?${text}`;
}
