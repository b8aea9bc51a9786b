import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { ChargingViews } from "#components/charging/charging-views";
import { ChargingMap } from "#components/charging/map/charging-map";
import { EmptyChargingMap } from "#components/charging/map/empty-charging-map";
import { Page } from "#components/shell/page";
import { Button } from "#components/ui/button";
import { can } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { readChargingMapPage } from "#lib/charging/statistics/service/read-map-page";
import { isAppError } from "#lib/errors";
import { regionUrls } from "#lib/maps/regions/spec";
import { findWorkspace } from "#lib/workspaces/store";

export const metadata: Metadata = { title: "Charging map" };

interface PageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ChargingMapPage({ searchParams }: PageProps) {
  const ctx = await pageContext();
  const { run } = await searchParams;
  const runId = run === undefined ? null : (z.uuid().safeParse(run).data ?? notFound());
  const [page, { timeZone }] = await Promise.all([
    readChargingMapPage(ctx, runId).catch((error: unknown) => {
      if (isAppError(error, "not_found")) notFound();
      throw error;
    }),
    findWorkspace(ctx),
  ]);
  const crumbs = [{ label: "Charging", href: "/charging" }, { label: "Map" }];
  if (page.state !== "ready") {
    return (
      <Page crumbs={crumbs} views={<ChargingViews current="map" />}>
        <div className="gutter-x pt-[22px] pb-10">
          <h1 className="sr-only">Charging by county</h1>
          <EmptyChargingMap page={page} mayUpload={can(ctx, "uploads:create")} mayRun={can(ctx, "runs:create")} />
        </div>
      </Page>
    );
  }
  const again = `/runs/new/charging-statistics?from=${page.run.id}`;
  return (
    <Page
      crumbs={crumbs}
      views={<ChargingViews current="map" />}
      fill
      actions={
        can(ctx, "runs:create") ? (
          <Button size="sm" href={again}>
            New statistics
          </Button>
        ) : undefined
      }
    >
      {/* The shapes come with the page's scripts instead of after them. */}
      {regionUrls(page.spec).map((url) => (
        <link key={url} rel="preload" as="fetch" href={url} crossOrigin="anonymous" />
      ))}
      <h1 className="sr-only">Charging by county</h1>
      <ChargingMap page={page} timeZone={timeZone} now={ctx.now.toISOString()} />
    </Page>
  );
}
