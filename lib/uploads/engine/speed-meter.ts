const TIME_CONSTANT_MS = 4000;
/** Below this span a first estimate would jump. */
const WARM_UP_MS = 400;

/** Smoothed transfer speed from a rising byte count: exponential mean that does not depend on the sampling rate. */
export class SpeedMeter {
  #lastAtMs: number | null = null;
  #lastBytes = 0;
  #bytesPerS: number | null = null;

  /** Takes a sample; samples closer than 100 ms are merged into the next. */
  sample(atMs: number, bytes: number): void {
    if (this.#lastAtMs === null) {
      this.#lastAtMs = atMs;
      this.#lastBytes = bytes;
      return;
    }
    const spanMs = atMs - this.#lastAtMs;
    if (spanMs < (this.#bytesPerS === null ? WARM_UP_MS : 100)) return;
    const rate = (Math.max(0, bytes - this.#lastBytes) / spanMs) * 1000;
    const weight = 1 - Math.exp(-spanMs / TIME_CONSTANT_MS);
    this.#bytesPerS = this.#bytesPerS === null ? rate : this.#bytesPerS + weight * (rate - this.#bytesPerS);
    this.#lastAtMs = atMs;
    this.#lastBytes = bytes;
  }

  /** Forgets everything, so that a pause does not count as slowness. */
  reset(): void {
    this.#lastAtMs = null;
    this.#bytesPerS = null;
  }

  get bytesPerS(): number | null {
    return this.#bytesPerS !== null && this.#bytesPerS >= 1 ? this.#bytesPerS : null;
  }

  /** Seconds for the rest at the present speed; null while unknown. */
  etaS(restBytes: number): number | null {
    const speed = this.bytesPerS;
    return speed === null ? null : Math.max(0, restBytes) / speed;
  }
}
