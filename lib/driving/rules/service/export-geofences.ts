import type { Ctx } from "#lib/auth/context";
import { writeGeoJson } from "../core/read-geojson.ts";
import { listGeofences } from "../geofence-store.ts";

export async function exportGeofences(ctx: Ctx): Promise<Response> {
  return new Response(writeGeoJson(await listGeofences(ctx)), {
    headers: {
      "content-type": "application/geo+json",
      "content-disposition": 'attachment; filename="geofences.geojson"',
    },
  });
}
