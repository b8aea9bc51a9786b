import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { MiniMap } from "#components/maps/mini-map";
import { ShareBar } from "#components/charts/share-bar";
import { ExportMenu } from "#components/sensors/export-menu";
import { PlanMaintenance } from "#components/sensors/maintenance";
import { OwnerSensors } from "#components/sensors/owner-sensors";
import { SensorsViews } from "#components/sensors/sensors-views";
import { Page } from "#components/shell/page";
import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { PageHead } from "#components/ui/page-head";
import { TextField } from "#components/ui/text-field";
import { can } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { countOf } from "#lib/format/lists";
import { formatNumber } from "#lib/format/numbers";
import { EXPORT_FORMATS } from "#lib/http/export-format";
import { readOwnerPage } from "#lib/sensors/service/read-owner-page";
import { findWorkspace } from "#lib/workspaces/store";

interface PageProps {
  params: Promise<{ owner: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const TEXT_MAX = 200;

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: `Sensors of ${nameOf(await params)}` };
}

function nameOf({ owner }: { owner: string }): string {
  try {
    return decodeURIComponent(owner);
  } catch {
    return owner;
  }
}

export default async function OwnerPage({ params, searchParams }: PageProps) {
  const ctx = await pageContext();
  const owner = nameOf(await params);
  const search = await searchParams;
  const text = (key: string) => (typeof search[key] === "string" ? search[key].slice(0, TEXT_MAX) : undefined);
  const [q, cursor] = [text("q"), text("cursor")];
  const [page, { timeZone }] = await Promise.all([readOwnerPage(ctx, owner, { q, cursor }), findWorkspace(ctx)]);
  if (!page) notFound();
  const { counts, extent, items, sensors, nextCursor, matching } = page;
  const { good = 0, recovered = 0, suspect = 0, fault = 0, silent = 0 } = counts.byState;
  const path = `/sensors/owners/${encodeURIComponent(owner)}`;
  const ofOwner = `owner=${encodeURIComponent(owner)}`;
  const found = q ? `&q=${encodeURIComponent(q)}` : "";
  return (
    <Page
      crumbs={[{ label: "Sensors", href: "/sensors" }, { label: "Owners", href: "/sensors/owners" }, { label: owner }]}
      views={<SensorsViews current="owners" />}
      actions={
        <span className="max-md:hidden">
          <ExportMenu href={`/api/v1/sensors/export?${ofOwner}${found}`} formats={EXPORT_FORMATS} />
        </span>
      }
    >
      <div className="gutter-x pt-[22px] pb-10 max-md:pt-4">
        <PageHead
          title={owner}
          actions={
            <>
              <Button size="sm" href={`/sensors?${ofOwner}`}>
                Open map
              </Button>
              {can(ctx, "sensors:write") ? (
                <PlanMaintenance
                  target={{ owner }}
                  name={`all sensors of ${owner}`}
                  timeZone={timeZone}
                  now={ctx.now.toISOString()}
                />
              ) : null}
            </>
          }
        >
          {wordsOf(counts.matching, fault, silent)}
        </PageHead>
        <div className="mb-5 grid gap-5 md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
          {extent ? (
            <div className="relative h-[220px] overflow-hidden rounded-lg border border-line">
              <MiniMap
                label={`Map of the ${formatNumber(counts.matching)} sensors of ${owner}`}
                items={items}
                view={{ bbox: extent }}
              />
            </div>
          ) : null}
          <div className="flex flex-col gap-6">
            <ShareBar
              parts={[
                { tone: "good", count: good + recovered },
                { tone: "suspect", count: suspect },
                { tone: "fault", count: fault },
                { tone: "silent", count: silent },
              ]}
            />
            <form action={path} className="flex max-w-[420px] items-end gap-2">
              <TextField
                label="Search by address, id or name"
                name="q"
                type="search"
                maxLength={TEXT_MAX}
                defaultValue={q ?? ""}
                className="flex-1"
              />
              <Button type="submit">Search</Button>
            </form>
          </div>
        </div>
        {sensors.length === 0 ? (
          <EmptyState title={`No sensor of ${owner} matches`} actions={<Button href={path}>Show all</Button>}>
            The search looks into address, id and name.
          </EmptyState>
        ) : (
          <OwnerSensors owner={owner} sensors={sensors} timeZone={timeZone} now={ctx.now} />
        )}
        <div className="flex items-center gap-3 pt-4 text-xs text-muted">
          {cursor ? (
            <Button size="sm" href={`${path}?${found.slice(1)}`}>
              From the beginning
            </Button>
          ) : null}
          {nextCursor ? (
            <Button size="sm" href={`${path}?cursor=${encodeURIComponent(nextCursor)}${found}`}>
              Next {countOf(sensors.length, "sensor")}
            </Button>
          ) : null}
          <span role="status">
            {formatNumber(sensors.length)} of {formatNumber(matching)} shown
          </span>
        </div>
      </div>
    </Page>
  );
}

function wordsOf(count: number, faulty: number, silent: number): string {
  const parts = [
    faulty > 0 ? `${formatNumber(faulty)} with a fault` : "",
    silent > 0 ? `${formatNumber(silent)} silent` : "",
  ].filter(Boolean);
  return `${countOf(count, "sensor")}, ${parts.length > 0 ? parts.join(", ") : "none with a fault or silent"}.`;
}
