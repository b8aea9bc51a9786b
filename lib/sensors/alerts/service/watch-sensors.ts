import { systemContext, type Ctx } from "#lib/auth/context";
import { inWorkspace } from "#lib/db/client";
import { formatDuration } from "#lib/format/durations";
import { newId } from "#lib/ids";
import { publish } from "#lib/live/publish";
import { notify } from "#lib/notifications/service/notify";
import { batteryLimit, isBatteryLow } from "../../checks/battery/battery-limit.ts";
import { quantityText } from "../../core/quantity-text.ts";
import { composeLetters, type AlertEvent } from "../core/compose-letters.ts";
import { ALERT_CONDITIONS, decideAlert, type AlertCondition, type AlertStep } from "../core/decide-alert.ts";
import {
  deleteAlerts,
  insertAlerts,
  listOpenAlerts,
  listRecipients,
  listWatchedSensors,
  listWatchedWorkspaceIds,
  updateAlerts,
  type OpenAlert,
  type WatchedSensor,
} from "../store.ts";

/** Looks at every workspace in which something is measured now. */
export async function watchAllSensors(now: Date): Promise<void> {
  for (const workspaceId of await listWatchedWorkspaceIds()) {
    await watchSensors(systemContext(workspaceId, "sensor watch", now));
  }
}

/** Begins and ends the alerts of a workspace and tells its people: all of it or nothing. */
export async function watchSensors(ctx: Ctx): Promise<void> {
  await inWorkspace(ctx, async () => {
    const steps = await decideSteps(ctx);
    if (steps.length === 0) return;
    await applySteps(ctx, steps);
    await tell(ctx, steps);
    await publish({ workspaceId: ctx.workspaceId, topic: "sensor", id: "alerts" });
  });
}

interface Step {
  step: Exclude<AlertStep, "none">;
  sensor: WatchedSensor;
  condition: AlertCondition;
  reason: string;
  sinceMs: number;
  alertId: string;
  isKnown: boolean;
}

async function decideSteps(ctx: Ctx): Promise<Step[]> {
  const sensors = await listWatchedSensors(ctx);
  const open = await listOpenAlerts(ctx);
  const known = new Map(open.map((alert) => [`${alert.sensorId} ${alert.condition}`, alert]));
  return sensors.flatMap((sensor) =>
    ALERT_CONDITIONS.flatMap((condition) => {
      const alert = known.get(`${sensor.id} ${condition}`) ?? null;
      const seen = seeCondition(sensor, { condition, alert, now: ctx.now });
      const step = decideAlert(alert && toKnown(alert), { condition, ...seen }, ctx.now.getTime());
      // Work on a sensor begins no alert and ends none: what it shows meanwhile says nothing.
      if (step === "none" || sensor.isInMaintenance) return [];
      const { reason, sinceMs } = seen;
      return [{ step, sensor, condition, reason, sinceMs, alertId: alert?.id ?? newId(), isKnown: alert !== null }];
    }),
  );
}

function toKnown({ heldSince, beganAt, clearSince }: OpenAlert) {
  return {
    heldSinceMs: heldSince.getTime(),
    beganAtMs: beganAt?.getTime() ?? null,
    clearSinceMs: clearSince?.getTime() ?? null,
  };
}

interface Seen {
  holds: boolean;
  reason: string;
  sinceMs: number;
}

function seeCondition(
  sensor: WatchedSensor,
  { condition, alert, now }: { condition: AlertCondition; alert: OpenAlert | null; now: Date },
): Seen {
  const nowMs = now.getTime();
  if (condition === "battery_low") {
    const { battery } = sensor;
    const limit = battery && batteryLimit(battery.unit, battery.usualHigh ?? Number.NaN);
    // Without a level it stays what it was: a battery that says nothing has not been charged.
    const isLow = limit ? isBatteryLow(battery.level, limit, alert !== null) : alert !== null;
    const level = battery ? quantityText(battery.level, battery.unit) : "an unknown level";
    return { holds: (sensor.isLive || alert !== null) && isLow, reason: `The battery is at ${level}.`, sinceMs: nowMs };
  }
  if (condition === "fault") {
    // A silent sensor shows no fault, but that does not end one.
    const holds = sensor.state === "fault" || (alert !== null && sensor.state === "silent");
    return { holds, reason: sensor.reason, sinceMs: nowMs };
  }
  // What fell silent before it was watched is an archive; what was told stays told until it reports.
  const holds = sensor.state === "silent" && (sensor.isLive || alert !== null);
  const sinceMs = sensor.lastObservedAt?.getTime() ?? nowMs;
  return { holds, reason: `Nothing received for ${formatDuration((nowMs - sinceMs) / 1000)}.`, sinceMs };
}

async function applySteps(ctx: Ctx, steps: readonly Step[]): Promise<void> {
  const fresh = steps.filter(({ isKnown }) => !isKnown);
  await insertAlerts(
    ctx,
    fresh.map(({ step, alertId, sensor, condition, reason, sinceMs }) => ({
      id: alertId,
      sensorId: sensor.id,
      condition,
      reason,
      heldSince: new Date(sinceMs),
      beganAt: step === "begin" ? ctx.now : null,
    })),
  );
  const idsOf = (wanted: AlertStep) =>
    steps.filter(({ step, isKnown }) => isKnown && step === wanted).map(({ alertId }) => alertId);
  await updateAlerts(ctx, idsOf("begin"), { beganAt: ctx.now });
  await updateAlerts(ctx, idsOf("clear"), { clearSince: ctx.now });
  await updateAlerts(ctx, idsOf("return"), { clearSince: null });
  await updateAlerts(ctx, idsOf("end"), { endedAt: ctx.now });
  await deleteAlerts(ctx, idsOf("forget"));
}

async function tell(ctx: Ctx, steps: readonly Step[]): Promise<void> {
  const events = steps.flatMap(({ step, sensor, ...rest }): AlertEvent[] => {
    if (step !== "begin" && step !== "end") return [];
    const { id: sensorId, code: sensorCode, ownerUserId } = sensor;
    return [{ ...rest, sensorId, sensorCode, ownerUserId, phase: step === "begin" ? "began" : "ended" }];
  });
  if (events.length === 0) return;
  for (const recipient of await listRecipients(ctx)) {
    for (const letter of composeLetters(recipient, events, ctx.now)) await notify(ctx, letter);
  }
}
