import type { Ctx } from "#lib/auth/context";
import { countObservationsByHour, findNewestObservation } from "../overview-store.ts";

const HOUR_MS = 3_600_000;
const HOURS = 24;

export interface ArrivalHours {
  /** The last 24 full hours and, once it holds something, the present one; null where nothing was measured. */
  hours: { atMs: number; count: number | null }[];
  newestAt: Date | null;
}

/** How many observations were measured in each of the last 24 hours, as far as they have arrived. */
export async function readArrivals(ctx: Ctx): Promise<ArrivalHours> {
  const thisHourMs = Math.floor(ctx.now.getTime() / HOUR_MS) * HOUR_MS;
  const firstMs = thisHourMs - HOURS * HOUR_MS;
  const [rows, newestAt] = await Promise.all([
    countObservationsByHour(ctx, new Date(firstMs)),
    findNewestObservation(ctx),
  ]);
  const counts = new Map(rows.map((row) => [row.hour.getTime(), row.count]));
  const shown = counts.has(thisHourMs) ? HOURS + 1 : HOURS;
  const hours = Array.from({ length: shown }, (_, index) => {
    const atMs = firstMs + index * HOUR_MS;
    return { atMs, count: counts.get(atMs) ?? null };
  });
  return { hours, newestAt };
}
