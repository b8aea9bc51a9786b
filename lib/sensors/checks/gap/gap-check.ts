import { FLAG, type FlagSpan } from "#lib/sensors/core/flag";
import type { SeriesProfile } from "../core/profile.ts";
import { gapReason } from "../core/reasons.ts";

/**
 * Purpose: finds times without values: nothing sent, or `NaN` sent. A span reaches from the last value to the next one.
 * Source: QARTOD gap test in units of the series' own step. A sensor that sends nothing any more has no next value:
 * that is its state, read from the clock (`lib/sensors/core/health`).
 */
export class GapCheck {
  readonly #stepMs: number;
  readonly #limitMs: number;
  readonly #closed: FlagSpan[];
  #firstMs = Number.NaN;
  #valueMs = Number.NaN;
  #lastMs = Number.NaN;

  constructor(profile: SeriesProfile, settings: { gapSteps: number }, closed: FlagSpan[]) {
    this.#stepMs = profile.stepMs;
    this.#limitMs = settings.gapSteps * profile.stepMs;
    this.#closed = closed;
  }

  push(atMs: number, isMissing: boolean): void {
    if (Number.isNaN(this.#firstMs)) this.#firstMs = atMs;
    this.#lastMs = atMs;
    if (isMissing) return;
    this.#report(atMs, false);
    this.#valueMs = atMs;
  }

  /** The stretch from the last value (or the very first instant) to `untilMs`. */
  #report(untilMs: number, isOpenEnd: boolean): void {
    const hasBefore = !Number.isNaN(this.#valueMs);
    const fromMs = hasBefore ? this.#valueMs : this.#firstMs;
    if (!(untilMs - fromMs > this.#limitMs)) return;
    // Between two values both ends are observed; at the edges of the record the outer end is itself missing.
    const observedEnds = (hasBefore ? 1 : 0) + (isOpenEnd ? 0 : 1);
    const pointCount = Math.max(1, Math.round((untilMs - fromMs) / this.#stepMs) + 1 - observedEnds);
    const reason = gapReason(untilMs - fromMs, pointCount);
    this.#closed.push({ check: "gap", flag: FLAG.missing, reason, startAtMs: fromMs, endAtMs: untilMs, pointCount });
  }

  finish(): void {
    if (this.#lastMs !== this.#valueMs) this.#report(this.#lastMs, true);
  }
}
