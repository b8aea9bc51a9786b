import { sensorParams } from "#lib/http/params";
import { route } from "#lib/http/route";
import { seriesAnswer, seriesQuery } from "#lib/sensors/schema";
import { readSeries } from "#lib/sensors/service/read-series";

export const GET = route(
  {
    access: "sensors:read",
    tag: "Sensors",
    summary: "A series at screen resolution (min/max pairs), flags, the nearest reference, sources",
    params: sensorParams,
    query: seriesQuery,
    response: seriesAnswer,
  },
  ({ ctx, input }) => readSeries(ctx, input.params.sensorId, input.query),
);
