import type { Metadata } from "next";
import { DrivingViews } from "#components/driving/driving-views";
import { GeofencesBoard } from "#components/driving/geofences/geofences-board";
import { Page } from "#components/shell/page";
import { can } from "#lib/auth/context";
import { pageContext } from "#lib/auth/page-context";
import { readGeofencesPage } from "#lib/driving/rules/service/read-geofences-page";
import { configuredTiles } from "#lib/maps/configured-tiles";

export const metadata: Metadata = { title: "Geofences" };

export default async function GeofencesPage() {
  const ctx = await pageContext();
  const page = await readGeofencesPage(ctx);
  return (
    <Page
      crumbs={[{ label: "Driving", href: "/driving" }, { label: "Geofences" }]}
      fill
      views={<DrivingViews current="/driving/geofences" />}
    >
      <GeofencesBoard {...page} tiles={configuredTiles()} mayEdit={can(ctx, "driving:write")} />
    </Page>
  );
}
