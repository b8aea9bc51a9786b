/** Room for the longest spike with both neighbours and the levels compared around a step. */
const WINDOW = 8;
/** A longer pause than this starts afresh: any change may have happened meanwhile. */
const PAUSE_STEPS_MAX = 4;

/** The newest values of a series, oldest first; what the checks of change look at. */
export class RecentValues {
  readonly #stepMs: number;
  // Shifted by copyWithin, which beats index arithmetic at this size.
  readonly times = new Float64Array(WINDOW);
  readonly values = new Float64Array(WINDOW);
  readonly isSpike = new Uint8Array(WINDOW);
  count = 0;

  constructor(stepMs: number) {
    this.#stepMs = stepMs;
  }

  /** Whether so much time has passed since the newest value that the next says nothing about a change. */
  isOver(atMs: number): boolean {
    return this.count > 0 && atMs - this.times[this.count - 1]! > PAUSE_STEPS_MAX * this.#stepMs;
  }

  clear(): void {
    this.count = 0;
  }

  add(atMs: number, value: number): void {
    if (this.count === WINDOW) {
      this.times.copyWithin(0, 1);
      this.values.copyWithin(0, 1);
      this.isSpike.copyWithin(0, 1);
      this.count = WINDOW - 1;
    }
    this.times[this.count] = atMs;
    this.values[this.count] = value;
    this.isSpike[this.count] = 0;
    this.count += 1;
  }

  /** Slower sampling allows more change; grows with the root of the time, as a random walk does. */
  stretch(fromIndex: number, toIndex: number): number {
    const steps = (this.times[toIndex]! - this.times[fromIndex]!) / ((toIndex - fromIndex) * this.#stepMs);
    return steps > 1 ? Math.sqrt(steps) : 1;
  }
}
