import { AppError, isAppError, messageOf } from "#lib/errors";
import type { Random } from "#lib/math/random";
import type { Clock } from "./pace.ts";

/** A failure that another try may not meet; `afterMs` is how long the other side asked to wait. */
export class PassingFailure extends Error {
  readonly afterMs: number | undefined;
  constructor(message: string, afterMs?: number) {
    super(message);
    this.afterMs = afterMs;
  }
}

export interface RetryOptions {
  /** Tries in all. */
  attemptsMax: number;
  /** Longest wait between two tries; a side that asks for more is asked another day. */
  waitMsMax: number;
  clock: Clock;
  random: Random;
  signal?: AbortSignal | undefined;
  onRetry?: (what: { attempt: number; waitMs: number; why: string }) => void;
}

/**
 * Tries again after passing failures, twice as late each time, with jitter, or when the other side says so. Throws
 * `unavailable` with the last failure when all tries are used up; anything else is thrown at once.
 */
export async function retry<T>(
  work: () => Promise<T>,
  { attemptsMax, waitMsMax, clock, random, signal, onRetry }: RetryOptions,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      if (isAppError(error)) throw error;
      const afterMs = error instanceof PassingFailure ? error.afterMs : undefined;
      const waitMs = afterMs ?? 2 ** (attempt - 1) * 500 * (0.75 + random.uniform() / 2);
      if (attempt >= attemptsMax || waitMs > waitMsMax) {
        const tries = attempt === 1 ? "" : ` Tried ${attempt} times.`;
        throw new AppError("unavailable", `${messageOf(error)}${tries}`, { retryAfterS: Math.ceil(waitMs / 1000) });
      }
      onRetry?.({ attempt, waitMs, why: messageOf(error) });
      await clock.sleep(waitMs, signal);
    }
  }
}

/** A Retry-After header (seconds or a date) as a wait from now; undefined when there is none to read. */
export function readRetryAfter(header: string | undefined, nowEpochMs: number): number | undefined {
  if (header === undefined || header.trim() === "") return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowEpochMs);
}
