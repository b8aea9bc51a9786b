"use client";

import { MapBoundary } from "#components/maps/map-boundary";
import type { MapItem, MapTrack, MapView } from "#lib/maps/spec";

interface TrackMapProps {
  label: string;
  items: readonly MapItem[];
  tracks: readonly MapTrack[];
  initialView: MapView;
}

/** A map of what does not change any more; fills its container. */
export function TrackMap(props: TrackMapProps) {
  return <MapBoundary {...props} noun="vehicles" />;
}
