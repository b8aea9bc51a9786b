export const BACKOFF_BASE_MS = 500;
export const BACKOFF_MAX_MS = 30_000;

export interface BackoffInput {
  /** 1 after the first failure. */
  attempt: number;
  /** 0 ≤ x < 1. */
  random: number;
  /** What the server asked for. */
  retryAfterMs?: number | null;
}

/** Exponential with jitter over the upper half, so that clients do not return together; never before Retry-After. */
export function backoffMs({ attempt, random, retryAfterMs }: BackoffInput): number {
  const ceiling = Math.min(BACKOFF_MAX_MS, BACKOFF_BASE_MS * 2 ** Math.min(attempt - 1, 16));
  const delay = ceiling / 2 + (random * ceiling) / 2;
  return Math.max(delay, retryAfterMs ?? 0);
}
