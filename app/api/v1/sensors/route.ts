import { pageOf } from "#lib/http/pagination";
import { route } from "#lib/http/route";
import { listSensorsQuery, sensorSummary } from "#lib/sensors/schema";
import { listSensors } from "#lib/sensors/store";

export const GET = route(
  { access: "sensors:read", tag: "Sensors", summary: "Sensors that match a filter, by id", query: listSensorsQuery, response: pageOf(sensorSummary) },
  ({ ctx, input: { query } }) => {
    const { cursor, limit, ...filter } = query;
    return listSensors(ctx, filter, { cursor, limit });
  },
);
