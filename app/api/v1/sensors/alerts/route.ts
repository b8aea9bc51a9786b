import { pageOf } from "#lib/http/pagination";
import { route } from "#lib/http/route";
import { alertsQuery, sensorAlert } from "#lib/sensors/alerts/schema";
import { listAlerts } from "#lib/sensors/alerts/store";

export const GET = route(
  {
    access: "sensors:read",
    tag: "Sensors",
    summary: "Alerts about sensors, newest first",
    query: alertsQuery,
    response: pageOf(sensorAlert),
  },
  ({ ctx, input }) => listAlerts(ctx, input.query),
);
