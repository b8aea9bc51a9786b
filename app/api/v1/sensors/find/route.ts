import { route } from "#lib/http/route";
import { findSensorQuery, foundSensor } from "#lib/sensors/find/schema";
import { findSensorForOwner } from "#lib/sensors/find/service/find-sensor";

export const GET = route(
  {
    access: "sensors:read",
    tag: "Sensors",
    summary: "Why a sensor is, or is not, on the map",
    query: findSensorQuery,
    response: foundSensor,
  },
  ({ ctx, input }) => findSensorForOwner(ctx, input.query.sensor),
);
