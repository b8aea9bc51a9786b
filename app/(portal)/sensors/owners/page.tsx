import type { Metadata } from "next";
import Link from "next/link";
import { ShareBar } from "#components/charts/share-bar";
import { SensorsViews } from "#components/sensors/sensors-views";
import { Page } from "#components/shell/page";
import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { PageHead } from "#components/ui/page-head";
import { RowLink, Table, Tbody, Td, Th, Thead, Tr } from "#components/ui/table";
import { Age } from "#components/ui/age";
import { can } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { countOf } from "#lib/format/lists";
import { formatNumber } from "#lib/format/numbers";
import type { OwnerSummary } from "#lib/sensors/schema";
import { listOwnerSummaries } from "#lib/sensors/service/list-owners";
import { findWorkspace } from "#lib/workspaces/store";

export const metadata: Metadata = { title: "Owners" };

export default async function OwnersPage() {
  const ctx = await pageContext();
  const [owners, { timeZone }] = await Promise.all([listOwnerSummaries(ctx), findWorkspace(ctx)]);
  const affected = owners.filter(({ byState }) => (byState.fault ?? 0) > 0).length;
  return (
    <Page
      crumbs={[{ label: "Sensors", href: "/sensors" }, { label: "Owners" }]}
      views={<SensorsViews current="owners" />}
      actions={
        <span className="flex gap-2 max-md:hidden">
          <Button size="sm" href="/sensors/find">
            Find a sensor
          </Button>
          <Button size="sm" href="/sensors?mine=true">
            My sensors
          </Button>
        </span>
      }
    >
      <div className="gutter-x pt-[22px] pb-10 max-md:pt-4">
        <PageHead title={titleOf(owners.length, affected)}>
          {owners.length > 0 ? "Those with faults first. A row opens the owner’s own table and map." : undefined}
        </PageHead>
        {owners.length === 0 ? (
          <EmptyState
            title="No sensor names an owner"
            actions={can(ctx, "uploads:create") ? <Button href="/uploads">Upload a station list</Button> : undefined}
          >
            Owners come from the owner column of a station list.
          </EmptyState>
        ) : (
          <Table label="Owners of sensors">
            <Thead>
              <Th>Owner</Th>
              <Th num>Sensors</Th>
              <Th>State</Th>
              <Th num>Last reading</Th>
              <Th />
            </Thead>
            <Tbody>
              {owners.map((owner) => (
                <OwnerRow key={owner.owner} owner={owner} timeZone={timeZone} now={ctx.now} />
              ))}
            </Tbody>
          </Table>
        )}
      </div>
    </Page>
  );
}

function titleOf(count: number, affected: number): string {
  if (count === 0) return "Owners";
  if (affected === 0) return `${countOf(count, "owner")}, none with a faulty sensor`;
  return `${formatNumber(affected)} of ${countOf(count, "owner")} ${affected === 1 ? "has" : "have"} a faulty sensor`;
}

const TONES = ["good", "suspect", "fault", "silent"] as const;

/** Recovered sensors are good ones. */
function countOfTone(byState: OwnerSummary["byState"], tone: (typeof TONES)[number]): number {
  return (byState[tone] ?? 0) + (tone === "good" ? (byState.recovered ?? 0) : 0);
}

function OwnerRow({
  owner: { owner, sensorCount, byState, lastObservedAt },
  timeZone,
  now,
}: {
  owner: OwnerSummary;
  timeZone: string;
  now: Date;
}) {
  const stations = byState.reference ?? 0;
  const parts = TONES.flatMap((tone) =>
    countOfTone(byState, tone) > 0 ? [{ tone, count: countOfTone(byState, tone) }] : [],
  );
  const query = `owner=${encodeURIComponent(owner)}`;
  return (
    <Tr>
      <Td phone="main">
        <RowLink href={`/sensors/owners/${encodeURIComponent(owner)}`}>{owner}</RowLink>
      </Td>
      <Td num phone="end">
        {formatNumber(sensorCount)}
        <span className="text-muted md:hidden"> sensors</span>
      </Td>
      <Td className="py-2 md:w-1/2">
        {parts.length > 0 ? <ShareBar parts={parts} /> : null}
        {stations > 0 ? <span className="text-xs text-muted">{countOf(stations, "reference station")}</span> : null}
      </Td>
      <Td num muted phoneLabel="last reading">
        <Age at={lastObservedAt} timeZone={timeZone} now={now} ago />
      </Td>
      <Td num phone="hide">
        <Link href={`/sensors?view=list&${query}`} className="link-bare relative z-1 text-xs">
          List<span className="sr-only"> of the sensors of {owner}</span>
        </Link>
      </Td>
    </Tr>
  );
}
