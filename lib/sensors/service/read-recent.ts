import type { z } from "zod";
import type { Ctx } from "#lib/auth/context";
import type { recentAnswer } from "../schema.ts";
import { readRecentMeans } from "../series-store.ts";
import { requireSensor } from "./get-sensor.ts";

const DAYS = 7;
const HOUR_MS = 3_600_000;

/** Hourly means of the last seven days that a sensor has, for the small lines beside its values. */
export async function readRecent(ctx: Ctx, sensorId: string): Promise<z.input<typeof recentAnswer>> {
  const { id, lastObservedAt } = await requireSensor(ctx, sensorId);
  if (!lastObservedAt) return { items: [] };
  const rows = await readRecentMeans(ctx, id, {
    from: new Date(lastObservedAt.getTime() - DAYS * 24 * HOUR_MS),
    to: lastObservedAt,
  });
  const items = new Map<string, { t: number[]; v: (number | null)[] }>();
  for (const { observedProperty, atMs, mean, isHourly } of rows) {
    const item = items.get(observedProperty) ?? { t: [], v: [] };
    const before = item.t.at(-1);
    // A missing hour breaks the line, unless the quantity reports less often than that.
    if (before !== undefined && isHourly && atMs - before > 1.5 * HOUR_MS) push(item, (before + atMs) / 2, null);
    push(item, atMs, mean);
    items.set(observedProperty, item);
  }
  return { items: Array.from(items, ([observedProperty, points]) => ({ observedProperty, ...points })) };
}

function push(item: { t: number[]; v: (number | null)[] }, atMs: number, value: number | null): void {
  item.t.push(atMs);
  item.v.push(value);
}
