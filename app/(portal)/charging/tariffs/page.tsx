import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { ChargingViews } from "#components/charging/charging-views";
import { ImportTariff } from "#components/charging/tariffs/import-tariff";
import { TariffTable } from "#components/charging/tariffs/tariff-table";
import { Page } from "#components/shell/page";
import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { LinkTabs } from "#components/ui/link-tabs";
import { PageHead } from "#components/ui/page-head";
import { can } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { tariffsQuery, tariffSummary } from "#lib/charging/tariffs/api-schema";
import { listTariffs } from "#lib/charging/tariffs/service/list-tariffs";

export const metadata: Metadata = { title: "Tariffs" };

interface PageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function TariffsPage({ searchParams }: PageProps) {
  const ctx = await pageContext();
  const asked = tariffsQuery.safeParse(await searchParams);
  const query = asked.success ? asked.data : tariffsQuery.parse({});
  const page = await listTariffs(ctx, query);
  const mayChange = can(ctx, "charging:write");
  return (
    <Page
      crumbs={[{ label: "Charging", href: "/charging" }, { label: "Tariffs" }]}
      views={<ChargingViews current="tariffs" />}
    >
      <div className="gutter-x pt-[22px] pb-10 max-md:pt-4">
        <PageHead
          title="Tariffs"
          actions={
            mayChange ? (
              <>
                <ImportTariff />
                <Button
                  variant="primary"
                  size="sm"
                  icon={<Plus className="size-3.5" aria-hidden />}
                  href="/charging/tariffs/new"
                >
                  New tariff
                </Button>
              </>
            ) : undefined
          }
        >
          What charging costs: prices by month, kind of day and hour, demand charges, fixed charges. Runs name the
          version they used.
        </PageHead>
        <LinkTabs
          label="Tariffs"
          tabs={[
            { href: "/charging/tariffs", label: "Current", current: !query.archived },
            { href: "/charging/tariffs?archived=true", label: "Archived", current: query.archived },
          ]}
        />
        {page.items.length === 0 ? (
          <div className="pt-4">
            <EmptyState title="Nothing is archived">Archived tariffs stay for the runs that used them.</EmptyState>
          </div>
        ) : (
          <TariffTable tariffs={page.items.map((item) => tariffSummary.parse(item))} mayChange={mayChange} />
        )}
        {page.nextCursor ? (
          <p className="pt-4">
            <Button
              size="sm"
              href={`/charging/tariffs?archived=${query.archived}&cursor=${encodeURIComponent(page.nextCursor)}`}
            >
              Older tariffs, and those that come with the portal
            </Button>
          </p>
        ) : null}
      </div>
    </Page>
  );
}
