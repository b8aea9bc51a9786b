/** Live viewers get every line up to here; of what comes after, the newest now and then. The stored log has all. */
export const LIVE_LINES_MAX = 15_000;
/** The newest lines that are told at a time. */
const PIECE_LINES = 20;
const WAIT_MS_MIN = 2_000;
/** The pauses grow with the time since the flood began, so that their number stays small over any time. */
const WAIT_SHARE = 0.05;

/** Says of a flood of lines which ones live viewers get, so that they see the newest without seeing all. */
export class FloodGate {
  readonly #now: () => number;
  #since: number | null = null;
  #toldAt = 0;
  #newest: string[] = [];
  #held = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes lines that come; answers those to tell now, after how many that are left out. Null: none now. */
  push(lines: readonly string[]): { leftOut: number; lines: string[] } | null {
    this.#since ??= this.#now();
    this.#held += lines.length;
    this.#newest = [...this.#newest, ...lines.slice(-PIECE_LINES)].slice(-PIECE_LINES);
    const waitMs = Math.max(WAIT_MS_MIN, (this.#now() - this.#since) * WAIT_SHARE);
    return this.#now() - this.#toldAt < waitMs ? null : this.end();
  }

  /** What was held back since the last time. */
  end(): { leftOut: number; lines: string[] } | null {
    if (this.#held === 0) return null;
    const piece = { leftOut: this.#held - this.#newest.length, lines: this.#newest };
    this.#toldAt = this.#now();
    this.#newest = [];
    this.#held = 0;
    return piece;
  }
}
