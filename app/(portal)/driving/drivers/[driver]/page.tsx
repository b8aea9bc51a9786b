import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DayTable } from "#components/driving/day-table";
import { driverHref } from "#components/driving/driver-href";
import { DriverFacts } from "#components/driving/driver-facts";
import { EpisodeFilter } from "#components/driving/episode-filter";
import { EpisodeTable } from "#components/driving/episode-table";
import { SpeedFigure } from "#components/driving/speed-figure";
import { VehicleState } from "#components/driving/vehicle-state";
import { Page } from "#components/shell/page";
import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { Section } from "#components/ui/section";
import { Split } from "#components/ui/split";
import { pageContext } from "#lib/auth/page-context";
import { wallMsOf } from "#lib/driving/board/core/wall-clock";
import type { DriverPageQuery } from "#lib/driving/drivers/schema";
import { readDriverPage, type DriverPage } from "#lib/driving/drivers/service/read-driver-page";
import { isAppError } from "#lib/errors";
import { findWorkspace } from "#lib/workspaces/store";

interface DriverProps {
  params: Promise<{ driver: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: DriverProps): Promise<Metadata> {
  return { title: decodeURIComponent((await params).driver) };
}

export default async function DriverDetailPage({ params, searchParams }: DriverProps) {
  const ctx = await pageContext();
  const code = decodeURIComponent((await params).driver);
  const [page, { timeZone }] = await Promise.all([
    readDriverPage(ctx, code, await searchParams).catch(missingOr),
    findWorkspace(ctx),
  ]);
  const { driver, days } = page;
  return (
    <Page
      crumbs={[{ label: "Driving", href: "/driving" }, { label: "Drivers", href: "/driving/drivers" }, { label: code }]}
    >
      <Split asideLabel="Last state" aside={<DriverFacts driver={driver} timeZone={timeZone} now={ctx.now} />}>
        <Section>
          <div className="mb-3 flex flex-wrap items-center gap-x-2.5 gap-y-2">
            <h1 className="text-2xl">{code}</h1>
            <span className="text-muted">{driver.plate}</span>
            <VehicleState state={driver.state} pill />
            <span className="ml-auto">
              <Button size="sm" href={`/driving?driver=${encodeURIComponent(code)}`}>
                Show live
              </Button>
            </span>
          </div>
          <SpeedFigure
            driver={code}
            endMs={wallMsOf(driver.at)}
            gapS={driver.gapS}
            startSpan="3600"
            source={`Records as sent, up to ${driver.at} by the vehicle’s clock.`}
          />
        </Section>
        <Section title="Days" caption="by the vehicle’s clock; a day leads to its episodes">
          <DayTable days={days} hrefOf={(day) => hrefOf(code, { kind: page.query.kind, from: day, to: day })} />
        </Section>
        <Episodes page={page} code={code} />
      </Split>
    </Page>
  );
}

function missingOr(error: unknown): never {
  if (isAppError(error, "not_found")) notFound();
  throw error;
}

function Episodes({ page: { query, episodes }, code }: { page: DriverPage; code: string }) {
  return (
    <Section
      id="episodes"
      title="Episodes"
      more={<EpisodeFilter query={query} hrefOf={(asked) => hrefOf(code, asked)} action={driverHref(code)} />}
    >
      {episodes.items.length === 0 ? (
        <EmptyState title="No episode" illustration={null}>
          {(query.kind ?? query.from ?? query.to) ? "None of this kind in this period." : "Nothing was flagged so far."}
        </EmptyState>
      ) : (
        <EpisodeTable episodes={episodes.items} />
      )}
      <nav aria-label="Pages of the list" className="mt-4 flex gap-2">
        {query.cursor ? <Button href={hrefOf(code, { ...query, cursor: undefined })}>Newest</Button> : null}
        {episodes.nextCursor ? (
          <Button href={hrefOf(code, { ...query, cursor: episodes.nextCursor })}>Older episodes</Button>
        ) : null}
      </nav>
    </Section>
  );
}

function hrefOf(code: string, query: DriverPageQuery): string {
  const { kind, from, to, cursor } = query;
  const asked = { ...(kind && { kind }), ...(from && { from }), ...(to && { to }), ...(cursor && { cursor }) };
  const params = new URLSearchParams(asked);
  return `${driverHref(code)}${params.size > 0 ? `?${params}` : ""}#episodes`;
}
