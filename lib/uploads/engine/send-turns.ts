import type { Clock } from "./types.ts";
import { toError } from "./slots.ts";

/** One part on the wire. */
export interface SendTurn {
  /** Tells how much of the part is sent, 0–1. */
  progress(fraction: number): void;
  end(outcome: "sent" | "failed"): void;
}

/** Share of a file that one interruption may cost: three of them then resend less than 2 %. */
const RISK_FRACTION = 0.004;
const SENDS_MAX = 4;
/** A single lane opens for the next part when the last bytes of this one are leaving, so that the wire never idles. */
const HANDOVER_FRACTION = 0.85;

/**
 * Parts this quick are mostly overhead (preflight, request, answer), not bytes on the wire: more of them side by side
 * are faster and put hardly more bytes at risk.
 */
const QUICK_PART_MS = 200;

/**
 * How many parts of one file go side by side. A cut connection loses about half of every part in flight, so files
 * below about 2.6 GB send one part after the other (with a short overlap) and only larger ones up to four.
 */
export function sendsAtOnce(sizeBytes: number, partSizeBytes: number): number {
  return Math.min(SENDS_MAX, Math.max(1, Math.floor((2 * RISK_FRACTION * sizeBytes) / partSizeBytes)));
}

/**
 * Lets parts of one file onto the wire, a bounded number at a time and out of step with each other: parts that start
 * together would also be lost together, nearly complete.
 */
export class SendTurns {
  readonly #clock: Clock;
  readonly #lanes: number;
  readonly #waiting: (() => void)[] = [];
  #onWire = 0;
  #newestFraction = 1;
  #newestStartMs = 0;
  #newestNo = 0;
  #meanDurationMs: number | null = null;
  #stopTimer: (() => void) | null = null;

  constructor(clock: Clock, lanes: number) {
    this.#clock = clock;
    this.#lanes = lanes;
  }

  acquire(signal: AbortSignal): Promise<SendTurn> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(toError(signal.reason));
        return;
      }
      const start = () => {
        signal.removeEventListener("abort", leave);
        resolve(this.#begin());
      };
      const leave = () => {
        const place = this.#waiting.indexOf(start);
        if (place >= 0) this.#waiting.splice(place, 1);
        reject(toError(signal.reason));
      };
      signal.addEventListener("abort", leave, { once: true });
      this.#waiting.push(start);
      this.#pump();
    });
  }

  get #lanesNow(): number {
    return this.#meanDurationMs !== null && this.#meanDurationMs < QUICK_PART_MS ? SENDS_MAX : this.#lanes;
  }

  /** How much of the newest part has left before another may join it. */
  get #apartFraction(): number {
    return this.#lanesNow === 1 ? HANDOVER_FRACTION : 1 / this.#lanesNow;
  }

  #begin(): SendTurn {
    const startMs = this.#clock.nowMs();
    this.#onWire += 1;
    this.#newestFraction = 0;
    this.#newestStartMs = startMs;
    const no = ++this.#newestNo;
    let isOpen = true;
    return {
      progress: (fraction) => {
        if (no !== this.#newestNo || !isOpen) return;
        this.#newestFraction = fraction;
        this.#pump();
      },
      end: (outcome) => {
        if (!isOpen) return;
        isOpen = false;
        this.#onWire -= 1;
        if (no === this.#newestNo) this.#newestFraction = 1;
        if (outcome === "sent") this.#learn(this.#clock.nowMs() - startMs);
        this.#pump();
      },
    };
  }

  #learn(durationMs: number): void {
    this.#meanDurationMs = this.#meanDurationMs === null ? durationMs : 0.7 * this.#meanDurationMs + 0.3 * durationMs;
  }

  #pump(): void {
    this.#stopTimer?.();
    this.#stopTimer = null;
    while (this.#waiting.length > 0 && this.#onWire < Math.max(2, this.#lanesNow)) {
      const waitMs = this.#spacingLeftMs();
      if (waitMs === null) return;
      if (waitMs > 0) {
        this.#stopTimer = this.#clock.after(waitMs, () => this.#pump());
        return;
      }
      this.#waiting.shift()?.();
    }
  }

  /** Milliseconds until the next part may join those on the wire; null = when there is news of the newest one. */
  #spacingLeftMs(): number | null {
    if (this.#onWire === 0 || this.#newestFraction >= this.#apartFraction) return 0;
    if (this.#meanDurationMs === null) return null;
    return Math.max(0, this.#newestStartMs + this.#meanDurationMs * this.#apartFraction - this.#clock.nowMs());
  }
}
