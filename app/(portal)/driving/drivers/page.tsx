import type { Metadata } from "next";
import { DriverSearch } from "#components/driving/driver-search";
import { DriverTable } from "#components/driving/driver-table";
import { DrivingViews } from "#components/driving/driving-views";
import { newRunHref } from "#components/runs/runs-href";
import { Page } from "#components/shell/page";
import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { PageHead } from "#components/ui/page-head";
import { can } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { readDriversPage } from "#lib/driving/drivers/service/read-drivers-page";
import { countOf } from "#lib/format/lists";
import { findWorkspace } from "#lib/workspaces/store";

export const metadata: Metadata = { title: "Drivers" };

interface DriversProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function DriversPage({ searchParams }: DriversProps) {
  const ctx = await pageContext();
  const [page, { timeZone }] = await Promise.all([readDriversPage(ctx, await searchParams), findWorkspace(ctx)]);
  const { query, items, nextCursor, total } = page;
  return (
    <Page
      crumbs={[{ label: "Driving", href: "/driving" }, { label: "Drivers" }]}
      views={<DrivingViews current="/driving/drivers" />}
    >
      <div className="gutter-x pt-[22px] pb-10 max-md:pt-4">
        <PageHead
          title={total === 0 ? "No driver yet" : countOf(total, "driver")}
          actions={
            <>
              {can(ctx, "runs:create") ? (
                <Button href={newRunHref("driving-summary", { records: "received" })}>Summarise a period</Button>
              ) : null}
              <DriverSearch q={query.q} />
            </>
          }
        >
          Each driver’s newest record, and when it came.
        </PageHead>
        {items.length === 0 ? (
          <EmptyState
            title={total === 0 ? "No vehicle has sent a record" : "No driver matches"}
            actions={
              <Button href={total === 0 ? "/driving" : "/driving/drivers"}>
                {total === 0 ? "How to send one" : "Show all drivers"}
              </Button>
            }
          >
            {total === 0 ? "Drivers appear here with their first record." : `None has “${query.q}” in name or plate.`}
          </EmptyState>
        ) : (
          <DriverTable drivers={items} timeZone={timeZone} now={ctx.now} />
        )}
        <nav aria-label="Pages of the list" className="mt-4 flex gap-2">
          {query.cursor ? <Button href={hrefOf(query.q, null)}>First drivers</Button> : null}
          {nextCursor ? <Button href={hrefOf(query.q, nextCursor)}>More drivers</Button> : null}
        </nav>
      </div>
    </Page>
  );
}

function hrefOf(q: string | undefined, cursor: string | null): string {
  const params = new URLSearchParams({ ...(q === undefined ? {} : { q }), ...(cursor === null ? {} : { cursor }) });
  return `/driving/drivers${params.size > 0 ? `?${params}` : ""}`;
}
