import { FLAG, compareSpans, type FlagSpan } from "#lib/sensors/core/flag";
import { ChangeCheck } from "./change-check.ts";
import { GapCheck } from "./gap-check.ts";
import type { SeriesProfile } from "./profile.ts";
import type { PropertyRule, RangeLimits } from "./property-rules.ts";
import { OpenSpan } from "./open-span.ts";
import { errorCodeReason, rangeReason } from "./reasons.ts";
import { StuckCheck } from "./stuck-check.ts";

export interface CheckerSettings {
  rule: PropertyRule;
  unit: string;
  /** Beyond this many times a learned limit a value fails instead of being suspect. */
  failFactor: number;
  stuckTolerance: number;
  /** Missing more than this many usual steps is a gap. */
  gapSteps: number;
}

/** Flagged points of a check and severity are one span when no more than this many usual steps lie between them. */
const MERGE_STEPS = 2.5;

/** Distance outside [min, max] in units of the half width, plus 1. */
function rangeScore(value: number, min: number, max: number): number {
  const distance = value > max ? value - max : min - value;
  return 1 + distance / Math.max(Number.MIN_VALUE, (max - min) / 2);
}

/**
 * Judges one datastream value by value; usable online (keep the object, push what arrives) and as the fold of a batch.
 * Spikes and steps are decided up to three values later, when it is known whether the value returned.
 */
export class SeriesChecker {
  readonly #range: RangeLimits;
  readonly #codes: readonly number[];
  readonly #closed: FlagSpan[] = [];
  readonly #error: OpenSpan;
  readonly #fail: OpenSpan;
  readonly #suspect: OpenSpan;
  readonly #change: ChangeCheck;
  readonly #stuck: StuckCheck;
  readonly #gap: GapCheck;
  #lastMs = Number.NEGATIVE_INFINITY;
  /** Values that were there, judged or not. */
  points = 0;
  missing = 0;
  /** Values not later than their predecessor; they are left out. */
  outOfOrder = 0;

  constructor(profile: SeriesProfile, settings: CheckerSettings) {
    const { rule, unit } = settings;
    const mergeMs = MERGE_STEPS * (profile.stepMs > 0 ? profile.stepMs : 0);
    const { failMin, failMax, suspectMin, suspectMax } = rule.range;
    this.#range = rule.range;
    this.#codes = rule.errorCodes;
    const open = (flag: 3 | 4, reason: ConstructorParameters<typeof OpenSpan>[1]) =>
      new OpenSpan({ check: "range", flag, mergeMs }, reason, this.#closed);
    this.#error = open(FLAG.fail, (facts) => errorCodeReason(facts, unit));
    this.#fail = open(FLAG.fail, (facts) => rangeReason(facts, { min: failMin, max: failMax }, unit));
    this.#suspect = open(FLAG.suspect, (facts) => rangeReason(facts, { min: suspectMin, max: suspectMax }, unit));
    this.#change = new ChangeCheck(profile, settings, this.#closed);
    this.#stuck = new StuckCheck(profile, settings, this.#closed);
    this.#gap = new GapCheck(profile, settings, this.#closed);
  }

  /** Takes the next value in time; `NaN` is a missing one. */
  push(atMs: number, value: number): void {
    if (!(atMs > this.#lastMs)) {
      this.outOfOrder += 1;
      return;
    }
    this.#lastMs = atMs;
    const isMissing = !(value - value === 0);
    this.#gap.push(atMs, isMissing);
    if (isMissing) {
      this.missing += 1;
      return;
    }
    this.points += 1;
    if (this.#failsRange(atMs, value)) return;
    this.#change.push(atMs, value);
    this.#stuck.push(atMs, value);
  }

  /** Range and error codes. Failed values take no part in the other checks: they say nothing about the quantity. */
  #failsRange(atMs: number, value: number): boolean {
    const { failMin, suspectMin, suspectMax, failMax } = this.#range;
    if (value >= suspectMin && value <= suspectMax && !this.#codes.includes(value)) return false;
    if (this.#codes.includes(value)) {
      this.#error.add({ atMs, value, score: 2, size: value }, true);
      return true;
    }
    if (value < failMin || value > failMax) {
      this.#fail.add({ atMs, value, score: rangeScore(value, failMin, failMax), size: value }, true);
      return true;
    }
    this.#suspect.add({ atMs, value, score: rangeScore(value, suspectMin, suspectMax), size: value }, true);
    return false;
  }

  /** Closes everything that is open and returns all spans in time order. Call once, after the last value. */
  finish(): FlagSpan[] {
    for (const check of [this.#change, this.#stuck, this.#gap]) check.finish();
    for (const span of [this.#error, this.#fail, this.#suspect]) span.close();
    return this.#closed.sort(compareSpans);
  }

  /** Spans that are complete by now, removed from the checker: for online use. */
  drain(): FlagSpan[] {
    return this.#closed.splice(0).sort(compareSpans);
  }
}
