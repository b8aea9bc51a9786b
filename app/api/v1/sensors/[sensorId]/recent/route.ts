import { sensorParams } from "#lib/http/params";
import { route } from "#lib/http/route";
import { recentAnswer } from "#lib/sensors/schema";
import { readRecent } from "#lib/sensors/service/read-recent";

export const GET = route(
  {
    access: "sensors:read",
    tag: "Sensors",
    summary: "Hourly means of a sensor's last seven days, every quantity",
    params: sensorParams,
    response: recentAnswer,
  },
  ({ ctx, input }) => readRecent(ctx, input.params.sensorId),
);
