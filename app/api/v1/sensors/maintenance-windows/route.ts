import { pageOf } from "#lib/http/pagination";
import { route } from "#lib/http/route";
import { maintenanceQuery, maintenanceWindow, newMaintenanceWindow } from "#lib/sensors/maintenance/schema";
import { planMaintenance } from "#lib/sensors/maintenance/service/plan-maintenance";
import { listWindows } from "#lib/sensors/maintenance/store";

export const GET = route(
  {
    access: "sensors:read",
    tag: "Sensors",
    summary: "Maintenance windows, the latest beginning first",
    query: maintenanceQuery,
    response: pageOf(maintenanceWindow),
  },
  ({ ctx, input }) => listWindows(ctx, input.query),
);

export const POST = route(
  {
    access: "sensors:write",
    tag: "Sensors",
    summary: "Plan maintenance of sensors, or of all of an owner: no alert begins and no fault counts meanwhile",
    body: newMaintenanceWindow,
    response: maintenanceWindow,
    status: 201,
    audit: "maintenance.planned",
  },
  async ({ ctx, input }) => maintenanceWindow.parse(await planMaintenance(ctx, input.body)),
);
