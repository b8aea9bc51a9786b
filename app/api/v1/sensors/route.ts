import { pageOf } from "#lib/http/pagination";
import { route } from "#lib/http/route";
import { listedSensor, listSensorsQuery } from "#lib/sensors/schema";
import { listSensorsPage } from "#lib/sensors/service/list-sensors";

export const GET = route(
  {
    access: "sensors:read",
    tag: "Sensors",
    summary: "Sensors that match a filter with their latest values, by id",
    query: listSensorsQuery,
    response: pageOf(listedSensor),
  },
  ({ ctx, input }) => listSensorsPage(ctx, input.query),
);
