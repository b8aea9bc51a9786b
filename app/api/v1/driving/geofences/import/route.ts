import { z } from "zod";
import { geofence, importGeofencesInput } from "#lib/driving/rules/schema";
import { importGeofences } from "#lib/driving/rules/service/change-geofences";
import { route } from "#lib/http/route";

export const POST = route(
  {
    access: "driving:write",
    tag: "Driving",
    summary: "Add the areas of a GeoJSON text: polygons, and points with radiusM as circles",
    body: importGeofencesInput,
    response: z.object({ items: z.array(geofence) }),
    status: 201,
    bodyLimitBytes: 13_000_000,
    audit: "driving_geofences.imported",
  },
  async ({ ctx, input }) => ({ items: await importGeofences(ctx, input.body) }),
);
