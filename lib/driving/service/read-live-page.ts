import type { Ctx } from "#lib/auth/context";
import { bboxOf, type Bbox } from "#lib/geo/bbox";
import { configuredTiles } from "#lib/maps/configured-tiles";
import type { MapTiles } from "#lib/maps/spec";
import { listDriverStatus } from "../live/live-store.ts";

/** Where the map begins; what is on it comes with the stream. */
export async function readLivePage(ctx: Ctx): Promise<{ extent: Bbox | null; tiles: MapTiles | null }> {
  const drivers = await listDriverStatus(ctx, 0);
  const places = drivers.map(({ latitude, longitude }) => ({ lat: latitude, lon: longitude }));
  return { extent: bboxOf(places), tiles: configuredTiles() };
}
