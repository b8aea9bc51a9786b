"use client";

import dynamic from "next/dynamic";

function MapLoading() {
  return <div className="absolute inset-0 bg-map-water" role="status" aria-label="Loading map" />;
}

const load = async () => (await import("./region-map.tsx")).RegionMap;
// With the page's scripts rather than after its first rendering.
if (typeof window !== "undefined") void load();

/** The map of areas as pages use it: Leaflet needs a browser. */
export const RegionBoundary = dynamic(load, { ssr: false, loading: MapLoading });
