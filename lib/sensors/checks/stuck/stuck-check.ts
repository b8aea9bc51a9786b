import { FLAG, type FlagSpan } from "#lib/sensors/core/flag";
import type { SeriesProfile } from "../core/profile.ts";
import type { PropertyRule } from "../core/property-rules.ts";
import { stuckReason } from "../core/reasons.ts";

interface StuckSettings {
  rule: PropertyRule;
  unit: string;
  failFactor: number;
  stuckTolerance: number;
}

/** Silence of more than this ends a run: nobody knows what the value did meanwhile. */
const PAUSE_STEPS_MAX = 24;

/**
 * Purpose: finds runs of equal values that are longer than this series, at this value, usually has.
 * Method: run length against the tail of the series' own runs; values at which a sensor may rest (no rain, darkness)
 * have limits of their own. Source: QARTOD flat line test with learned limits. Decided when the run ends.
 */
export class StuckCheck {
  readonly #profile: SeriesProfile;
  readonly #settings: StuckSettings;
  readonly #closed: FlagSpan[];
  #value = Number.NaN;
  #startMs = 0;
  #lastMs = 0;
  #count = 0;

  constructor(profile: SeriesProfile, settings: StuckSettings, closed: FlagSpan[]) {
    this.#profile = profile;
    this.#settings = settings;
    this.#closed = closed;
  }

  push(atMs: number, value: number): void {
    const isEqual = Math.abs(value - this.#value) <= this.#settings.stuckTolerance;
    if (isEqual && atMs - this.#lastMs <= PAUSE_STEPS_MAX * this.#profile.stepMs) {
      this.#count += 1;
      this.#lastMs = atMs;
      return;
    }
    this.finish();
    this.#value = value;
    this.#startMs = atMs;
    this.#lastMs = atMs;
    this.#count = 1;
  }

  /** Closes the current run. */
  finish(): void {
    if (this.#count < this.#profile.stuckPoints) return;
    const limitPoints = this.#limitPoints();
    const score = this.#count / limitPoints;
    if (score <= 1) return;
    const lengthMs = this.#lastMs - this.#startMs;
    const run = { value: this.#value, lengthMs, limitMs: limitPoints * this.#profile.stepMs };
    this.#closed.push({
      check: "stuck",
      flag: score >= this.#settings.failFactor ? FLAG.fail : FLAG.suspect,
      reason: stuckReason(run, this.#settings.unit),
      startAtMs: this.#startMs,
      endAtMs: this.#lastMs,
      pointCount: this.#count,
      score: Math.round(score * 100) / 100,
    });
    this.#count = 0;
  }

  #limitPoints(): number {
    const { stuckPoints, stepMs } = this.#profile;
    const rest = this.#settings.rule.resting.find((resting) => resting.value === this.#value);
    return rest === undefined ? stuckPoints : Math.max(stuckPoints, (rest.maxS * 1000) / stepMs);
  }
}
