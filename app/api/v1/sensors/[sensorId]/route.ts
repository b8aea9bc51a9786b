import { sensorParams } from "#lib/http/params";
import { route } from "#lib/http/route";
import { sensorDetail } from "#lib/sensors/schema";
import { getSensor } from "#lib/sensors/service/get-sensor";

export const GET = route(
  {
    access: "sensors:read",
    tag: "Sensors",
    summary: "One sensor: state, quantities, nearest reference stations, source",
    params: sensorParams,
    response: sensorDetail,
  },
  ({ ctx, input }) => getSensor(ctx, input.params.sensorId),
);
