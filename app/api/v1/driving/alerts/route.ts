import { drivingAlert, drivingAlertsQuery } from "#lib/driving/alerts/schema";
import { listAlerts } from "#lib/driving/alerts/store";
import { pageOf } from "#lib/http/pagination";
import { route } from "#lib/http/route";

export const GET = route(
  {
    access: "driving:read",
    tag: "Driving",
    summary: "Alerts raised, newest first",
    query: drivingAlertsQuery,
    response: pageOf(drivingAlert),
  },
  ({ ctx, input }) => listAlerts(ctx, input.query),
);
