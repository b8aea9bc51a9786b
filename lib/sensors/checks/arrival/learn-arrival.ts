import { GAP_STEPS } from "#lib/math/gaps";
import { silentAfterMs } from "#lib/sensors/core/health";
import { tailLimit } from "../core/tail-limit.ts";

/** How long one series usually lets wait for its next observation. */
export interface ArrivalHabits {
  /** What comes longer than this after its predecessor is late; `NaN` without a usual step. */
  lateMs: number;
  /** After so long without anything nobody waits any more. */
  silentMs: number;
}

/** Fewer delays than this are incidents and no habit. */
const DELAYS_MIN = 20;
/** Delays are told apart to this part of a step. */
const RESOLUTION_STEPS = 0.5;

/**
 * What is usual of one series (times UTC ms ascending). One that rarely misses a beat is late half a step after the
 * next is due; one that loses observations now and then, or reports when it likes, is late beyond the tail of its own
 * delays, so that what it always does is no finding. `exceedance` is the accepted share of false alarms.
 */
export function learnArrival(times: Float64Array, stepMs: number, exceedance: number): ArrivalHabits {
  if (!(stepMs > 0)) return { lateMs: Number.NaN, silentMs: Number.NaN };
  const delays: number[] = [];
  for (let i = 1; i < times.length; i++) {
    const steps = (times[i]! - times[i - 1]!) / stepMs;
    if (steps > GAP_STEPS) delays.push(steps);
  }
  const share = delays.length / (times.length - 1);
  const isHabit = delays.length >= DELAYS_MIN;
  const learned = isHabit ? tailLimit(Float64Array.from(delays), exceedance / share, RESOLUTION_STEPS) : GAP_STEPS;
  const lateMs = Math.max(GAP_STEPS, learned) * stepMs;
  return { lateMs, silentMs: Math.max(lateMs, silentAfterMs(0, stepMs)) };
}
