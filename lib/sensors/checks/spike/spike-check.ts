import { FLAG, type FlagSpan } from "#lib/sensors/core/flag";
import { OpenSpan } from "../core/open-span.ts";
import { blockProminence, SPIKE_POINTS_MAX, type SeriesProfile } from "../core/profile.ts";
import { spikeReason } from "../core/reasons.ts";
import type { RecentValues } from "../core/recent-values.ts";

/** Spikes this close together are one burst. */
const BURST_STEPS = 8;

/**
 * Purpose: finds values that leave and return within three observations.
 * Method: how far a block of one to three values stands out from both its neighbours, against what is usual for this
 * series (`learnProfile`). Source: QARTOD spike test with learned limits. Decided one value after the spike.
 * Not for: quantities that jump by nature; a level that stays is a step.
 */
export class SpikeCheck {
  readonly #limits: Float64Array;
  readonly #failFactor: number;
  readonly #suspect: OpenSpan;
  readonly #fail: OpenSpan;

  constructor(profile: SeriesProfile, settings: { unit: string; failFactor: number }, closed: FlagSpan[]) {
    const { unit } = settings;
    const kind = { check: "spike", mergeMs: BURST_STEPS * (profile.stepMs > 0 ? profile.stepMs : 0) };
    this.#limits = profile.spikeLimits;
    this.#failFactor = settings.failFactor;
    this.#suspect = new OpenSpan({ ...kind, flag: FLAG.suspect }, (facts) => spikeReason(facts, unit), closed);
    this.#fail = new OpenSpan({ ...kind, flag: FLAG.fail }, (facts) => spikeReason(facts, unit), closed);
  }

  /** Looks for a spike that the newest value ends, and marks it. */
  push(recent: RecentValues): void {
    const after = recent.count - 1;
    for (let width = 1; width <= SPIKE_POINTS_MAX && width < after; width++) {
      const from = after - width;
      const before = lastCalm(recent, from - 1);
      const prominence = blockProminence(recent.values, recent.values[before]!, { from, width });
      if (!(prominence > this.#limits[width]!)) continue;
      const limit = this.#limits[width]! * recent.stretch(before, after);
      if (prominence > limit) this.#mark(recent, from, { width, prominence, score: prominence / limit });
    }
  }

  #mark(recent: RecentValues, from: number, spike: { width: number; prominence: number; score: number }): void {
    if (recent.isSpike[from] === 1) return;
    const span = spike.score >= this.#failFactor ? this.#fail : this.#suspect;
    for (let i = from; i < from + spike.width; i++) {
      recent.isSpike[i] = 1;
      const point = { atMs: recent.times[i]!, value: recent.values[i]!, score: spike.score, size: spike.prominence };
      span.add(point, i === from);
    }
  }

  finish(): void {
    this.#suspect.close();
    this.#fail.close();
  }
}

/** The newest index up to `index` that is no spike: values between two spikes must not stand out from them. */
function lastCalm({ isSpike }: RecentValues, index: number): number {
  let calm = index;
  while (calm > 0 && isSpike[calm] === 1) calm -= 1;
  return calm;
}
