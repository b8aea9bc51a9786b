import { z } from "zod";
import { maintenanceWindowParams } from "#lib/http/params";
import { route } from "#lib/http/route";
import { cancelMaintenance } from "#lib/sensors/maintenance/service/plan-maintenance";

export const DELETE = route(
  {
    access: "sensors:write",
    tag: "Sensors",
    summary: "Cancel a maintenance window that lies ahead, or end one that lasts",
    params: maintenanceWindowParams,
    response: z.object({ cancelled: z.boolean() }),
    audit: "maintenance.cancelled",
  },
  async ({ ctx, input }) => {
    await cancelMaintenance(ctx, input.params.windowId);
    return { cancelled: true };
  },
);
