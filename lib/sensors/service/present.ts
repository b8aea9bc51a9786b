import type { Ctx } from "#lib/auth/context";
import { formatAge } from "#lib/format/ages";
import { formatDuration } from "#lib/format/durations";
import { findObservedProperty } from "#lib/units/observed-properties";
import type { LatestRow } from "../list-store.ts";
import type { SensorRecord } from "../store.ts";

export function propertyLabel(id: string): string {
  return findObservedProperty(id)?.label ?? id;
}

export function withLabel<T extends { observedProperty: string }>(row: T): T & { label: string } {
  return { ...row, label: propertyLabel(row.observedProperty) };
}

export function presentReadings(rows: readonly LatestRow[] | undefined) {
  return (rows ?? []).map(withLabel).sort(byInterest);
}

/** Of a silence of months nobody reads the hours. */
const LONG_S = 30 * 86_400;

/** The stored reason belongs to the last check; of a sensor that has fallen silent since, the silence is what counts. */
export function reasonOf(ctx: Ctx, { state, reason, lastObservedAt }: SensorRecord): string {
  if (state === "recovered" && reason === "") return "Good again since its last fault ended, less than a week ago.";
  if (state !== "silent") return reason;
  if (!lastObservedAt) return "No observation has been received.";
  const silentS = (ctx.now.getTime() - lastObservedAt.getTime()) / 1000;
  return `Nothing received for ${silentS > LONG_S ? formatAge(lastObservedAt, ctx.now) : formatDuration(silentS)}.`;
}

/** What a device says about itself interests after what it measures. */
const SELF = new Set(["battery_voltage", "battery_level", "signal_strength"]);
const FIRST = ["pm2_5", "pm10", "soil_moisture", "air_temperature"];

/** The order of tabs and value lists. */
export function byInterest(a: { observedProperty: string }, b: { observedProperty: string }): number {
  return (
    rank(a.observedProperty) - rank(b.observedProperty) || a.observedProperty.localeCompare(b.observedProperty, "en")
  );
}

function rank(property: string): number {
  const place = FIRST.indexOf(property);
  if (place >= 0) return place;
  return SELF.has(property) ? FIRST.length + 1 : FIRST.length;
}
