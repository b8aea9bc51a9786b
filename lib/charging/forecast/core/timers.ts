import type { Random } from "#lib/math/random";

/** From `startMin` on, a clock starts `share` of the sessions. */
export interface Timer {
  startMin: number;
  share: number;
}

/**
 * Moves the start of exactly `round(share × sessions)` sessions to each timer; no session is moved twice, and which ones
 * are moved is left to chance (selection sampling, one pass). Changes `startsMin`.
 */
export function applyTimers(startsMin: Float64Array, timers: readonly Timer[], rng: Random): void {
  let moved = 0;
  const wanted = timers.map(({ share }) => {
    const number = Math.min(Math.round(share * startsMin.length), startsMin.length - moved);
    moved += number;
    return number;
  });
  for (let n = 0; n < startsMin.length; n++) {
    let at = rng.uniform(0, startsMin.length - n);
    for (const [i, number] of wanted.entries()) {
      if (at < number) {
        startsMin[n] = timers[i]!.startMin;
        wanted[i] = number - 1;
        break;
      }
      at -= number;
    }
  }
}
