import type { Ctx } from "#lib/auth/context";
import { bboxOf } from "#lib/geo/bbox";
import { openingView } from "#lib/maps/opening-view";
import type { MapView } from "#lib/maps/spec";
import { listDrivers } from "../../drivers/store.ts";
import { extentOf } from "../core/fence-outline.ts";
import { listGeofences } from "../geofence-store.ts";
import type { Geofence } from "../schema.ts";

interface GeofencesPage {
  geofences: Geofence[];
  /** Around the geofences, else around the vehicles, else the world. */
  initialView: MapView;
}

/** Enough to know where the fleet is. */
const DRIVERS_ASKED = 500;

export async function readGeofencesPage(ctx: Ctx): Promise<GeofencesPage> {
  const geofences = await listGeofences(ctx);
  const extent = extentOf(geofences.map(({ shape }) => shape));
  if (extent) return { geofences, initialView: { bbox: extent } };
  const { items } = await listDrivers(ctx, { limit: DRIVERS_ASKED });
  const newest = items.map(({ latitude: lat, longitude: lon }) => ({ lat, lon }));
  return { geofences, initialView: openingView(bboxOf(newest)) };
}
