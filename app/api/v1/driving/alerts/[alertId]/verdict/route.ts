import { drivingAlert, verdictInput } from "#lib/driving/alerts/schema";
import { judgeAlert } from "#lib/driving/alerts/service/judge-alert";
import { drivingAlertParams } from "#lib/http/params";
import { route } from "#lib/http/route";

export const POST = route(
  {
    access: "driving:write",
    tag: "Driving",
    summary: "Acknowledge an alert, or excuse it with a comment",
    params: drivingAlertParams,
    body: verdictInput,
    response: drivingAlert,
    audit: "driving_alert.judged",
  },
  ({ ctx, input }) => judgeAlert(ctx, input.params.alertId, input.body),
);
