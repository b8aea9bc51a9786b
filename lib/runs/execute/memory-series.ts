/** Enough for a line across the page; one more second of a long run costs nothing. */
const POINTS_MAX = 120;

export interface MemorySeries {
  stepS: number;
  /** Highest resident size within each step from the start on, MB; null where nothing was measured. */
  peaksMb: (number | null)[];
}

/** Keeps the peaks of memory over a run of any length in a bounded number of steps, which double when they run out. */
export class MemoryRecorder {
  readonly #startedMs: number;
  #stepS = 1;
  #peaksMb: (number | null)[] = [];

  constructor(startedMs: number) {
    this.#startedMs = startedMs;
  }

  add(rssBytes: number, nowMs: number): void {
    const elapsedS = Math.max(0, (nowMs - this.#startedMs) / 1000);
    while (elapsedS / this.#stepS >= POINTS_MAX) this.#halve();
    const at = Math.floor(elapsedS / this.#stepS);
    while (this.#peaksMb.length <= at) this.#peaksMb.push(null);
    this.#peaksMb[at] = Math.max(this.#peaksMb[at] ?? 0, Math.round(rssBytes / 1e6));
  }

  series(): MemorySeries {
    return { stepS: this.#stepS, peaksMb: [...this.#peaksMb] };
  }

  #halve(): void {
    const peaks = this.#peaksMb;
    this.#peaksMb = Array.from({ length: Math.ceil(peaks.length / 2) }, (_, i) => {
      const pair = [peaks[2 * i], peaks[2 * i + 1]].filter((value) => typeof value === "number");
      return pair.length === 0 ? null : Math.max(...pair);
    });
    this.#stepS *= 2;
  }
}
