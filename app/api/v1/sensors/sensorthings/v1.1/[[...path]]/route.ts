import { sensorThingsParams } from "#lib/http/params";
import { route } from "#lib/http/route";
import { publicUrl } from "#lib/env";
import { readResource } from "#lib/sensors/sensorthings/service/read-resource";

const ROOT = "/api/v1/sensors/sensorthings/v1.1";

export const GET = route(
  {
    access: "sensors:read",
    tag: "Sensors",
    summary: "Read sensors and observations through the OGC SensorThings API 1.1 (for QGIS and other clients)",
    params: sensorThingsParams,
    produces: ["text/plain"],
  },
  async ({ ctx, input, request }) => {
    const answer = await readResource(ctx, {
      rootUrl: `${publicUrl()}${ROOT}`,
      segments: input.params.path,
      params: new URL(request.url).searchParams,
    });
    return typeof answer === "string" ? new Response(answer) : Response.json(answer);
  },
);
