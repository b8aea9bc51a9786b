import { z } from "zod";
import { requireUser } from "#lib/auth/context";
import { sensorParams } from "#lib/http/params";
import { route } from "#lib/http/route";
import { sensorDetail } from "#lib/sensors/schema";
import { claim } from "#lib/sensors/service/claim";

export const POST = route(
  {
    access: "sensors:write",
    tag: "Sensors",
    summary: "Put a sensor under my sensors, or take it off",
    params: sensorParams,
    body: z.object({ mine: z.boolean() }),
    response: sensorDetail,
    audit: "sensor.claimed",
  },
  ({ ctx, input }) => claim(ctx, input.params.sensorId, input.body.mine ? requireUser(ctx).userId : null),
);
