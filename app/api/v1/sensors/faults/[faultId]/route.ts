import { faultParams } from "#lib/http/params";
import { route } from "#lib/http/route";
import { faultDetail } from "#lib/sensors/faults/schema";
import { getFault } from "#lib/sensors/faults/service/review-fault";

export const GET = route(
  {
    access: "sensors:read",
    tag: "Sensors",
    summary: "A fault with its evidence and what people said of it",
    params: faultParams,
    response: faultDetail,
  },
  async ({ ctx, input }) => faultDetail.parse(await getFault(ctx, input.params.faultId)),
);
