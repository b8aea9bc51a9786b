import { setTimeout as delay } from "node:timers/promises";
import { isTemporaryFailure } from "./temporary-failure.ts";

const PAUSE_MS = 500;

/** Repeats a write while the database is away, up to `triesMax` times half a second apart; other failures pass through. */
export async function outlast<T>(work: () => Promise<T>, triesMax = 60, pauseMs = PAUSE_MS): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries >= triesMax || !isTemporaryFailure(error)) throw error;
      await delay(pauseMs);
    }
  }
}
