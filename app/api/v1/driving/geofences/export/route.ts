import { exportGeofences } from "#lib/driving/rules/service/export-geofences";
import { route } from "#lib/http/route";

export const GET = route(
  {
    access: "driving:read",
    tag: "Driving",
    summary: "All geofences as GeoJSON, as the import reads it: circles are points with radiusM",
    produces: ["application/geo+json"],
  },
  ({ ctx }) => exportGeofences(ctx),
);
