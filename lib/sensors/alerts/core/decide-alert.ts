/** What people are told about a sensor. */
export const ALERT_CONDITIONS = ["fault", "silent", "battery_low"] as const;
export type AlertCondition = (typeof ALERT_CONDITIONS)[number];

/** How long a condition must hold before an alert begins, and must be gone before it ends. */
interface Hysteresis {
  holdMs: number;
  clearMs: number;
}

const MINUTE_MS = 60_000;
const HYSTERESIS: Record<AlertCondition, Hysteresis> = {
  fault: { holdMs: 10 * MINUTE_MS, clearMs: 60 * MINUTE_MS },
  // A sensor is silent only after several missed readings, so silence has held long enough when it is seen.
  silent: { holdMs: 0, clearMs: 30 * MINUTE_MS },
  battery_low: { holdMs: 30 * MINUTE_MS, clearMs: 360 * MINUTE_MS },
};

/** An alert that has not ended: pending until it began. */
export interface KnownAlert {
  heldSinceMs: number;
  beganAtMs: number | null;
  clearSinceMs: number | null;
}

/** What happens to a condition of one sensor now. */
export type AlertStep =
  | "none"
  /** Remember that it holds; nobody is told yet. */
  | "hold"
  /** Tell people. */
  | "begin"
  /** It was gone again before anybody was told. */
  | "forget"
  /** Remember that it no longer holds. */
  | "clear"
  /** It holds again before it was over. */
  | "return"
  /** Tell people that it is over. */
  | "end";

interface Seen {
  condition: AlertCondition;
  holds: boolean;
  /** Since when it holds, epoch ms. */
  sinceMs: number;
}

/** The next step of one condition. A condition that comes and goes faster than its hysteresis tells nobody anything. */
export function decideAlert(known: KnownAlert | null, { condition, holds, sinceMs }: Seen, nowMs: number): AlertStep {
  const { holdMs, clearMs } = HYSTERESIS[condition];
  if (known === null) {
    if (!holds) return "none";
    return nowMs - sinceMs >= holdMs ? "begin" : "hold";
  }
  if (known.beganAtMs === null) {
    if (!holds) return "forget";
    return nowMs - known.heldSinceMs >= holdMs ? "begin" : "none";
  }
  if (holds) return known.clearSinceMs === null ? "none" : "return";
  if (known.clearSinceMs === null) return "clear";
  return nowMs - known.clearSinceMs >= clearMs ? "end" : "none";
}
