import { route } from "#lib/http/route";
import { viewportAnswer, viewportQuery } from "#lib/sensors/schema";
import { getViewport } from "#lib/sensors/service/get-viewport";

export const GET = route(
  {
    access: "sensors:read",
    tag: "Sensors",
    summary: "What a map shows of a box: sensors, or clusters with state counts",
    query: viewportQuery,
    response: viewportAnswer,
  },
  ({ ctx, input }) => getViewport(ctx, input.query),
);
