import type { Metadata } from "next";
import { ChargingViews } from "#components/charging/charging-views";
import { PlanSteps } from "#components/charging/plan-steps";
import { ScenarioTable } from "#components/charging/scenario-table";
import { Page } from "#components/shell/page";
import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { LinkTabs } from "#components/ui/link-tabs";
import { PageHead } from "#components/ui/page-head";
import { can } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { scenario, scenariosQuery } from "#lib/charging/scenarios/schema";
import { listScenarios } from "#lib/charging/scenarios/service/list-scenarios";
import { findWorkspace } from "#lib/workspaces/store";

export const metadata: Metadata = { title: "Charging" };

interface PageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ChargingPage({ searchParams }: PageProps) {
  const ctx = await pageContext();
  const asked = scenariosQuery.safeParse(await searchParams);
  const query = asked.success ? asked.data : scenariosQuery.parse({});
  const [page, { timeZone }] = await Promise.all([listScenarios(ctx, query), findWorkspace(ctx)]);
  const scenarios = page.items.map((item) => scenario.parse(item));
  const mayCompute = can(ctx, "runs:create");
  return (
    <Page crumbs={[{ label: "Charging" }]} views={<ChargingViews current="scenarios" />}>
      <div className="gutter-x pt-[22px] pb-10">
        <PageHead title="Scenarios">
          Runs that are kept under a name. Choose two to four to see them side by side.
        </PageHead>
        {mayCompute ? <PlanSteps /> : null}
        <LinkTabs
          label="Scenarios"
          tabs={[
            { href: "/charging", label: "Current", current: !query.archived },
            { href: "/charging?archived=true", label: "Archived", current: query.archived },
          ]}
        />
        {scenarios.length === 0 ? (
          <div className="pt-4">
            <EmptyState title={query.archived ? "Nothing is archived" : "No scenario yet"}>
              Compute a forecast, a managed day or a cost-benefit case, and save the run as a scenario.
            </EmptyState>
          </div>
        ) : (
          <ScenarioTable
            scenarios={scenarios}
            timeZone={timeZone}
            now={ctx.now.toISOString()}
            mayChange={can(ctx, "charging:write")}
          />
        )}
        {page.nextCursor ? (
          <p className="pt-4">
            <Button
              size="sm"
              href={`/charging?archived=${query.archived}&cursor=${encodeURIComponent(page.nextCursor)}`}
            >
              Older scenarios
            </Button>
          </p>
        ) : null}
      </div>
    </Page>
  );
}
