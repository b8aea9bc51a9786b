import { faultParams } from "#lib/http/params";
import { route } from "#lib/http/route";
import { faultDetail, reviewInput } from "#lib/sensors/faults/schema";
import { reviewFault } from "#lib/sensors/faults/service/review-fault";

export const POST = route(
  {
    access: "sensors:write",
    tag: "Sensors",
    summary: "Confirm or dispute a fault, or explain it by maintenance",
    params: faultParams,
    body: reviewInput,
    response: faultDetail,
    audit: "fault.reviewed",
  },
  async ({ ctx, input }) => faultDetail.parse(await reviewFault(ctx, input.params.faultId, input.body)),
);
