"use client";

import dynamic from "next/dynamic";

function MapLoading() {
  return <div className="absolute inset-0 bg-map-water" role="status" aria-label="Loading map" />;
}

/** The map as pages use it: Leaflet needs a browser, so it is left out of server rendering and of the first bundle. */
export const MapBoundary = dynamic(async () => (await import("./sensor-map.tsx")).SensorMap, {
  ssr: false,
  loading: MapLoading,
});
