import type { Bbox } from "#lib/geo/bbox";
import type { MapView } from "./spec.ts";

const NARROW_DEG = 0.3;
const WORLD: MapView = { lat: 25, lon: 10, zoom: 2 };

/** Where a map of vehicles opens. One alone would be shown so close that nothing is around it. */
export function openingView(extent: Bbox | null): MapView {
  if (!extent) return WORLD;
  const { west, south, east, north } = extent;
  const isNarrow = east - west < NARROW_DEG && north - south < NARROW_DEG;
  return isNarrow ? { lat: (south + north) / 2, lon: (west + east) / 2, zoom: 9 } : { bbox: extent };
}
