import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { ChangeAssumption } from "#components/charging/change-assumption";
import { RefreshWhileRunning } from "#components/ui/refresh-while-running";
import { ViewRenderer } from "#components/charts/view-renderer";
import { Page } from "#components/shell/page";
import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { PageHead } from "#components/ui/page-head";
import { can } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { comparison, compareQuery } from "#lib/charging/scenarios/schema";
import { compareScenarios } from "#lib/charging/scenarios/service/compare-scenarios";
import { listAssumptions } from "#lib/charging/scenarios/service/list-assumptions";
import { viewComparison } from "#lib/charging/scenarios/view";
import { isAppError } from "#lib/errors";
import { isLive, runState } from "#lib/runs/schema";

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
  const read = async () => ({ row: await compareScenarios(ctx, ids), assumptions: await listAssumptions(ctx, ids) });
  const { row, assumptions } = await read().catch((error: unknown) => {
    if (isAppError(error, "not_found")) notFound();
    throw error;
  });
  const compared = comparison.parse(row);
  const isRunning = compared.scenarios.some(({ runState: state }) => isLive(runState.parse(state)));
  return (
    <>
      <PageHead title={compared.scenarios.map(({ name }) => name).join(" · ")}>
        Δ is the difference to the first. This address opens the same comparison again.
      </PageHead>
      {isRunning ? <RefreshWhileRunning /> : null}
      <ul className="mb-6 grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
        {compared.scenarios.map(({ id, name, runId, algorithm }, i) => (
          <li key={id} className="flex flex-col items-start gap-2 rounded-md border border-line p-3">
            <span className="cap">{algorithm}</span>
            <Link href={`/runs/${runId}`} className="font-bold">
              {i + 1} {name}
            </Link>
            {can(ctx, "charging:write") && assumptions[i] ? (
              <ChangeAssumption {...assumptions[i]} comparedIds={ids} />
            ) : null}
          </li>
        ))}
      </ul>
      <ViewRenderer views={viewComparison(compared)} />
    </>
  );
}
