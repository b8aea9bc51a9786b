import { pause } from "./pause.ts";

export interface Clock {
  nowMs: () => number;
  /** Resolves after so long; rejects at once when the signal aborts. */
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

export const realClock: Clock = { nowMs: () => performance.now(), sleep: pause };

/** Lets calls through one after the other, at most so many a second. */
export function createPace(requestsPerSecond: number, clock: Clock): (signal?: AbortSignal) => Promise<void> {
  const gapMs = 1000 / requestsPerSecond;
  let freeAtMs = -Infinity;
  return async (signal) => {
    const startAtMs = Math.max(clock.nowMs(), freeAtMs);
    freeAtMs = startAtMs + gapMs;
    const waitMs = startAtMs - clock.nowMs();
    if (waitMs > 0) await clock.sleep(waitMs, signal);
  };
}
