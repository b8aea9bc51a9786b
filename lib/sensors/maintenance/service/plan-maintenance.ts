import type { Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { publish } from "#lib/live/publish";
import type { MaintenanceWindowRow, NewMaintenanceWindow } from "../schema.ts";
import { refuseOverlap } from "./refuse-overlap.ts";
import { deleteWindow, endWindow, findWindow, insertWindow, listSensorIds } from "../store.ts";

const DAY_MS = 86_400_000;
/** A year of maintenance is a sensor that was taken away; silence says that better. */
const DAYS_MAX = 366;

/**
 * Notes when sensors are worked on, ahead or afterwards: nobody is alarmed by what they show or miss meanwhile.
 * `conflict` when one of them has maintenance in that time already: all of them are planned, or none.
 */
export async function planMaintenance(ctx: Ctx, input: NewMaintenanceWindow): Promise<MaintenanceWindowRow> {
  const { sensorIds, owner, fromAt, untilAt, comment } = input;
  if (untilAt.getTime() - fromAt.getTime() > DAYS_MAX * DAY_MS) {
    const detail = "A maintenance window may last a year. Choose an earlier end.";
    throw new AppError("invalid_input", detail, { fields: [{ pointer: "/untilAt", detail }] });
  }
  const found = await listSensorIds(ctx, { sensorIds, owner });
  if (found.length === 0 || (sensorIds && found.length < new Set(sensorIds).size)) {
    const what = owner === undefined ? "A sensor named here does" : `Sensors of "${owner}" do`;
    throw new AppError("not_found", `${what} not exist in this workspace.`);
  }
  const id = newId();
  await inWorkspace(ctx, async () => {
    await refuseOverlap(ctx, found, { fromAt, untilAt });
    await insertWindow(ctx, { id, fromAt, untilAt, comment }, found);
  });
  await publish({ workspaceId: ctx.workspaceId, topic: "sensor", id: "maintenance" });
  return requireWindow(ctx, id);
}

async function requireWindow(ctx: Ctx, windowId: string): Promise<MaintenanceWindowRow> {
  const window = await findWindow(ctx, windowId);
  if (!window) throw new AppError("not_found", "There is no such maintenance window in this workspace.");
  return window;
}

/** Takes back what lies ahead, ends what lasts now; what is over stays as it was. */
export async function cancelMaintenance(ctx: Ctx, windowId: string): Promise<void> {
  const { fromAt, untilAt } = await requireWindow(ctx, windowId);
  const nowMs = ctx.now.getTime();
  if (new Date(untilAt as Date).getTime() <= nowMs) {
    throw new AppError("conflict", "This maintenance is over. What was noted then stays in the history.");
  }
  await (new Date(fromAt as Date).getTime() > nowMs ? deleteWindow : endWindow)(ctx, windowId);
  await publish({ workspaceId: ctx.workspaceId, topic: "sensor", id: "maintenance" });
}
