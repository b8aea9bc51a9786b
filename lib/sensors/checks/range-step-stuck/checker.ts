import { compareSpans, type FlagSpan } from "#lib/sensors/core/flag";
import type { SeriesProfile } from "../core/profile.ts";
import type { PropertyRule } from "../core/property-rules.ts";
import { RecentValues } from "../core/recent-values.ts";
import { ArrivalCheck } from "../arrival/arrival-check.ts";
import { AttenuatedCheck } from "../attenuated/attenuated-check.ts";
import { BatteryCheck } from "../battery/battery-check.ts";
import { GapCheck } from "../gap/gap-check.ts";
import { RangeCheck } from "../range/range-check.ts";
import { SpikeCheck } from "../spike/spike-check.ts";
import { StepCheck } from "../step/step-check.ts";
import { StuckCheck } from "../stuck/stuck-check.ts";

export interface CheckerSettings {
  rule: PropertyRule;
  unit: string;
  /** Beyond this many times a learned limit a value fails instead of being suspect. */
  failFactor: number;
  stuckTolerance: number;
  /** Missing more than this many usual steps is a gap. */
  gapSteps: number;
  /** Until when others report, UTC ms; absent, the end of the record is not judged. */
  untilMs?: number | undefined;
}

/** Flagged points of a check and severity are one span when no more than this many usual steps lie between them. */
const MERGE_STEPS = 2.5;

/**
 * Judges one datastream value by value; usable online (keep the object, push what arrives) and as the fold of a batch.
 * Spikes and steps are decided up to three values later, when it is known whether the value returned.
 */
export class SeriesChecker {
  readonly #closed: FlagSpan[] = [];
  readonly #range: RangeCheck;
  readonly #spike: SpikeCheck;
  readonly #step: StepCheck;
  readonly #stuck: StuckCheck;
  readonly #gap: GapCheck;
  readonly #arrival: ArrivalCheck;
  readonly #attenuated: AttenuatedCheck | null;
  readonly #battery: BatteryCheck | null;
  /** Absent when the quantity jumps by nature or its habits are unknown. */
  readonly #recent: RecentValues | null;
  #lastMs = Number.NEGATIVE_INFINITY;
  /** Values that were there, judged or not. */
  points = 0;
  missing = 0;
  /** Values not later than their predecessor; they are left out. */
  outOfOrder = 0;

  constructor(profile: SeriesProfile, settings: CheckerSettings) {
    const { rule, unit } = settings;
    const mergeMs = MERGE_STEPS * (profile.stepMs > 0 ? profile.stepMs : 0);
    this.#range = new RangeCheck({ rule, unit, mergeMs }, this.#closed);
    this.#spike = new SpikeCheck(profile, settings, this.#closed);
    this.#step = new StepCheck(profile, settings, this.#closed);
    this.#stuck = new StuckCheck(profile, settings, this.#closed);
    this.#gap = new GapCheck(profile, settings, this.#closed);
    this.#arrival = new ArrivalCheck(profile, settings, this.#closed);
    this.#attenuated = profile.calmRange > 0 ? new AttenuatedCheck(profile, settings, this.#closed) : null;
    this.#battery = profile.battery ? new BatteryCheck(profile.battery, settings, this.#closed) : null;
    this.#recent = profile.stepLimit > 0 ? new RecentValues(profile.stepMs) : null;
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
    this.#arrival.push(atMs);
    if (isMissing) {
      this.missing += 1;
      return;
    }
    this.points += 1;
    if (this.#range.push(atMs, value)) return;
    this.#judgeChange(atMs, value);
    this.#stuck.push(atMs, value);
    this.#attenuated?.push(atMs, value);
    this.#battery?.push(atMs, value);
  }

  #judgeChange(atMs: number, value: number): void {
    const recent = this.#recent;
    if (!recent) return;
    if (recent.isOver(atMs)) {
      this.#step.settle(recent);
      recent.clear();
    }
    recent.add(atMs, value);
    this.#spike.push(recent);
    this.#step.push(recent);
  }

  /** Closes everything that is open and returns all spans in time order. Call once, after the last value. */
  finish(): FlagSpan[] {
    if (this.#recent) this.#step.settle(this.#recent);
    for (const check of [this.#range, this.#spike, this.#step, this.#stuck, this.#gap, this.#arrival]) check.finish();
    this.#attenuated?.finish();
    this.#battery?.finish();
    return this.#closed.sort(compareSpans);
  }

  /** Spans that are complete by now, removed from the checker: for online use. */
  drain(): FlagSpan[] {
    return this.#closed.splice(0).sort(compareSpans);
  }
}
