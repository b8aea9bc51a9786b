import { env } from "#lib/env";
import type { MapTiles } from "./spec.ts";

/** The tile server of this installation; null uses the offline basemap only. Server side, passed to the map. */
export function configuredTiles(): MapTiles | null {
  const { FIELDPORT_TILES_URL: url, FIELDPORT_TILES_ATTRIBUTION: attribution } = env();
  return url === "" || url === "none" ? null : { url, attribution };
}
