import { FLAG, type FlagSpan } from "#lib/sensors/core/flag";
import { OpenSpan } from "../core/open-span.ts";
import { SPIKE_POINTS_MAX, type SeriesProfile } from "../core/profile.ts";
import { stepReason } from "../core/reasons.ts";
import type { RecentValues } from "../core/recent-values.ts";

const LEVEL_POINTS = 3;
/** A step must keep at least this share of its first change over the next values, or it was not one. */
const STAYS_SHARE = 0.5;

/**
 * Purpose: finds levels that change at once and stay.
 * Method: change between neighbours beyond what is usual for this series, kept by the median of the values after it.
 * Source: QARTOD rate of change with learned limits; never more than suspect, as fronts, doors and moved sensors make
 * real steps. Decided three values later, when it is known whether the value returned (that was a spike).
 */
export class StepCheck {
  readonly #limit: number;
  readonly #span: OpenSpan;

  constructor(profile: SeriesProfile, settings: { unit: string }, closed: FlagSpan[]) {
    this.#limit = profile.stepLimit;
    const kind = { check: "step", flag: FLAG.suspect, mergeMs: 0 };
    this.#span = new OpenSpan(kind, (facts) => stepReason(facts, settings.unit), closed);
  }

  /** Decides about the change three values back; spikes are already marked. */
  push(recent: RecentValues): void {
    this.#decide(recent, recent.count - 1 - SPIKE_POINTS_MAX);
  }

  /** Decides what is still open with the values there are. */
  settle(recent: RecentValues): void {
    for (let at = Math.max(1, recent.count - SPIKE_POINTS_MAX); at < recent.count; at++) this.#decide(recent, at);
  }

  #decide(recent: RecentValues, at: number): void {
    const { values, isSpike, times } = recent;
    if (at < 1 || isSpike[at] === 1 || isSpike[at - 1] === 1) return;
    const change = values[at]! - values[at - 1]!;
    if (!(Math.abs(change) > this.#limit)) return;
    const limit = this.#limit * recent.stretch(at - 1, at);
    const stayed = level(recent, at, 1) - level(recent, at - 1, -1);
    if (Math.abs(change) <= limit || stayed * Math.sign(change) < STAYS_SHARE * Math.abs(change)) return;
    this.#span.add({ atMs: times[at]!, value: values[at]!, score: Math.abs(change) / limit, size: change }, true);
  }

  finish(): void {
    this.#span.close();
  }
}

/** Median of up to three values from `at` on, forwards or backwards. */
function level({ values, count }: RecentValues, at: number, direction: 1 | -1): number {
  const furthest = at + direction * (LEVEL_POINTS - 1);
  const value = values[at]!;
  if (furthest < 0 || furthest >= count) return value;
  return medianOfThree(value, values[at + direction]!, values[furthest]!);
}

function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
