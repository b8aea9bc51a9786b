import { geofence, geofenceInput } from "#lib/driving/rules/schema";
import { changeGeofence, deleteGeofence } from "#lib/driving/rules/service/change-geofences";
import { geofenceParams } from "#lib/http/params";
import { route } from "#lib/http/route";

export const PUT = route(
  {
    access: "driving:write",
    tag: "Driving",
    summary: "Change a geofence; rules judge by it what arrives after the change",
    params: geofenceParams,
    body: geofenceInput,
    response: geofence,
    audit: "driving_geofence.changed",
  },
  ({ ctx, input }) => changeGeofence(ctx, input.params.geofenceId, input.body),
);

export const DELETE = route(
  {
    access: "driving:write",
    tag: "Driving",
    summary: "Delete a geofence that no rule is limited to",
    params: geofenceParams,
    audit: "driving_geofence.deleted",
  },
  ({ ctx, input }) => deleteGeofence(ctx, input.params.geofenceId),
);
