import { RunningQuantiles } from "./running-quantiles.ts";

/** What counts as the usual top of a feature; flat from 98.5 % to 99.3 % on the development corpus. */
const USUAL_TOP = 0.99;
const HISTORY_MIN = 50;
/** About ten weeks of five-minute values: older behaviour is forgotten. */
const HISTORY_MAX = 20_000;

/** How far a feature lies above its own past: 0 at the median, 1 at the usual top of what was seen so far. */
export class Novelty {
  readonly #past = new RunningQuantiles(HISTORY_MAX);

  /** Novelty of the next feature value; it joins the past afterwards. NaN (not known yet) gives 0. */
  push(feature: number): number {
    if (!Number.isFinite(feature)) return 0;
    let novelty = 0;
    if (this.#past.size >= HISTORY_MIN) {
      const middle = this.#past.quantile(0.5);
      const span = Math.max(this.#past.quantile(USUAL_TOP) - middle, 1e-9 * Math.abs(middle) + 1e-12);
      novelty = Math.max(0, (feature - middle) / span);
    }
    this.#past.add(feature);
    return novelty;
  }
}
