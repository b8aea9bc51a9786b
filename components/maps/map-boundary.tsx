"use client";

import dynamic from "next/dynamic";

function MapLoading() {
  return <div className="absolute inset-0 bg-map-water" role="status" aria-label="Loading map" />;
}

const load = async () => (await import("./sensor-map.tsx")).SensorMap;
// With the page's scripts rather than after its first rendering.
if (typeof window !== "undefined") void load();

/** The map as pages use it: Leaflet needs a browser, so it is left out of server rendering and of the first bundle. */
export const MapBoundary = dynamic(load, {
  ssr: false,
  loading: MapLoading,
});
