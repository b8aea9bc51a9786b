import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ViewRenderer } from "#components/charts/view-renderer";
import { Page } from "#components/shell/page";
import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { PageHead } from "#components/ui/page-head";
import { pageContext } from "#lib/auth/page-context";
import { comparison, compareQuery } from "#lib/charging/scenarios/schema";
import { compareScenarios } from "#lib/charging/scenarios/service/compare-scenarios";
import { viewComparison } from "#lib/charging/scenarios/view";
import { isAppError } from "#lib/errors";

export const metadata: Metadata = { title: "Compare scenarios" };

interface PageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ComparePage({ searchParams }: PageProps) {
  const ctx = await pageContext();
  const { ids } = await searchParams;
  const asked = compareQuery.safeParse({ ids: Array.isArray(ids) ? ids.join(",") : (ids ?? "") });
  return (
    <Page crumbs={[{ label: "Charging", href: "/charging" }, { label: "Compare" }]}>
      <div className="gutter-x pt-[22px] pb-10">
        {asked.success ? (
          <Compared ids={asked.data.ids} ctx={ctx} />
        ) : (
          <EmptyState title="Choose two to four scenarios" actions={<Button href="/charging">Scenarios</Button>}>
            The address names them, so it can be shared.
          </EmptyState>
        )}
      </div>
    </Page>
  );
}

async function Compared({ ids, ctx }: { ids: string[]; ctx: Awaited<ReturnType<typeof pageContext>> }) {
  const compared = comparison.parse(
    await compareScenarios(ctx, ids).catch((error: unknown) => {
      if (isAppError(error, "not_found")) notFound();
      throw error;
    }),
  );
  return (
    <>
      <PageHead title={compared.scenarios.map(({ name }) => name).join(" · ")}>
        Δ is the difference to the first. This address opens the same comparison again.
      </PageHead>
      <ViewRenderer views={viewComparison(compared)} />
    </>
  );
}
