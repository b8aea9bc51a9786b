import { z } from "zod";
import { listGeofences } from "#lib/driving/rules/geofence-store";
import { geofence, geofenceInput } from "#lib/driving/rules/schema";
import { createGeofence } from "#lib/driving/rules/service/change-geofences";
import { route } from "#lib/http/route";

export const GET = route(
  {
    access: "driving:read",
    tag: "Driving",
    summary: "Areas that alert rules may be limited to",
    response: z.object({ items: z.array(geofence) }),
  },
  async ({ ctx }) => ({ items: await listGeofences(ctx) }),
);

export const POST = route(
  {
    access: "driving:write",
    tag: "Driving",
    summary: "Add a geofence: a polygon or a circle",
    body: geofenceInput,
    response: geofence,
    status: 201,
    audit: "driving_geofence.created",
  },
  ({ ctx, input }) => createGeofence(ctx, input.body),
);
