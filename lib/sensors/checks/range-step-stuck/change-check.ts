import { FLAG, type FlagSpan } from "#lib/sensors/core/flag";
import { OpenSpan } from "./open-span.ts";
import { SPIKE_POINTS_MAX, type SeriesProfile, blockProminence } from "./profile.ts";
import { spikeReason, stepReason } from "./reasons.ts";

/** Room for the longest spike with both neighbours and the levels compared around a step. */
const WINDOW = 8;
/** A longer pause than this starts afresh: any change may have happened meanwhile. */
const PAUSE_STEPS_MAX = 4;
const LEVEL_POINTS = 3;
/** A step must keep at least this share of its first change over the next values, or it was not one. */
const STAYS_SHARE = 0.5;
/** Spikes this close together are one burst. */
const BURST_STEPS = 8;

function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

/** Finds values that leave and return within three observations (spike) and levels that change and stay (step). */
export class ChangeCheck {
  readonly #profile: SeriesProfile;
  readonly #failFactor: number;
  readonly #spikeSuspect: OpenSpan;
  readonly #spikeFail: OpenSpan;
  readonly #step: OpenSpan;
  // The newest values, oldest first; shifted by copyWithin, which beats index arithmetic at this size.
  readonly #times = new Float64Array(WINDOW);
  readonly #values = new Float64Array(WINDOW);
  readonly #isSpike = new Uint8Array(WINDOW);
  #count = 0;

  constructor(profile: SeriesProfile, settings: { unit: string; failFactor: number }, closed: FlagSpan[]) {
    const { unit } = settings;
    const stepMs = profile.stepMs > 0 ? profile.stepMs : 0;
    const spike = { check: "spike", mergeMs: BURST_STEPS * stepMs };
    this.#profile = profile;
    this.#failFactor = settings.failFactor;
    this.#spikeSuspect = new OpenSpan({ ...spike, flag: FLAG.suspect }, (facts) => spikeReason(facts, unit), closed);
    this.#spikeFail = new OpenSpan({ ...spike, flag: FLAG.fail }, (facts) => spikeReason(facts, unit), closed);
    // Rate of change is never more than suspect (QARTOD): fronts, doors and moved sensors make real steps.
    const step = { check: "step", flag: FLAG.suspect, mergeMs: 0 };
    this.#step = new OpenSpan(step, (facts) => stepReason(facts, unit), closed);
  }

  push(atMs: number, value: number): void {
    if (!(this.#profile.stepLimit > 0)) return;
    const last = this.#count - 1;
    if (last >= 0 && atMs - this.#times[last]! > PAUSE_STEPS_MAX * this.#profile.stepMs) this.#startAfresh();
    if (this.#count === WINDOW) {
      this.#times.copyWithin(0, 1);
      this.#values.copyWithin(0, 1);
      this.#isSpike.copyWithin(0, 1);
      this.#count = WINDOW - 1;
    }
    this.#times[this.#count] = atMs;
    this.#values[this.#count] = value;
    this.#isSpike[this.#count] = 0;
    this.#count += 1;
    this.#findSpikes();
    this.#findStep(this.#count - 1 - SPIKE_POINTS_MAX);
  }

  /** Slower sampling allows more change; grows with the root of the time, as a random walk does. */
  #stretch(fromIndex: number, toIndex: number): number {
    const steps = (this.#times[toIndex]! - this.#times[fromIndex]!) / ((toIndex - fromIndex) * this.#profile.stepMs);
    return steps > 1 ? Math.sqrt(steps) : 1;
  }

  #findSpikes(): void {
    const after = this.#count - 1;
    for (let width = 1; width <= SPIKE_POINTS_MAX && width < after; width++) {
      const from = after - width;
      const before = this.#lastCalm(from - 1);
      const prominence = blockProminence(this.#values, this.#values[before]!, { from, width });
      if (!(prominence > this.#profile.spikeLimits[width]!)) continue;
      const limit = this.#profile.spikeLimits[width]! * this.#stretch(before, after);
      if (prominence > limit) this.#markSpike(from, { width, prominence, score: prominence / limit });
    }
  }

  /** The newest index up to `index` that is no spike: values between two spikes must not stand out from them. */
  #lastCalm(index: number): number {
    let calm = index;
    while (calm > 0 && this.#isSpike[calm] === 1) calm -= 1;
    return calm;
  }

  #markSpike(from: number, spike: { width: number; prominence: number; score: number }): void {
    if (this.#isSpike[from] === 1) return;
    const span = spike.score >= this.#failFactor ? this.#spikeFail : this.#spikeSuspect;
    for (let i = from; i < from + spike.width; i++) {
      this.#isSpike[i] = 1;
      const point = { atMs: this.#times[i]!, value: this.#values[i]!, score: spike.score, size: spike.prominence };
      span.add(point, i === from);
    }
  }

  /** Decides about the change into index `at`; a spike that starts there is already marked. */
  #findStep(at: number): void {
    if (at < 1 || this.#isSpike[at] === 1 || this.#isSpike[at - 1] === 1) return;
    const change = this.#values[at]! - this.#values[at - 1]!;
    if (!(Math.abs(change) > this.#profile.stepLimit)) return;
    const limit = this.#profile.stepLimit * this.#stretch(at - 1, at);
    const stayed = this.#level(at, 1) - this.#level(at - 1, -1);
    if (Math.abs(change) <= limit || stayed * Math.sign(change) < STAYS_SHARE * Math.abs(change)) return;
    const score = Math.abs(change) / limit;
    this.#step.add({ atMs: this.#times[at]!, value: this.#values[at]!, score, size: change }, true);
  }

  /** Median of up to three values from `at` on, forwards or backwards. */
  #level(at: number, direction: 1 | -1): number {
    const furthest = at + direction * (LEVEL_POINTS - 1);
    const value = this.#values[at]!;
    if (furthest < 0 || furthest >= this.#count) return value;
    return medianOfThree(value, this.#values[at + direction]!, this.#values[furthest]!);
  }

  /** Decides what is still open with the values there are. */
  #startAfresh(): void {
    const first = Math.max(1, this.#count - SPIKE_POINTS_MAX);
    for (let at = first; at < this.#count; at++) this.#findStep(at);
    this.#count = 0;
  }

  finish(): void {
    this.#startAfresh();
    this.#spikeSuspect.close();
    this.#spikeFail.close();
    this.#step.close();
  }
}
