const DELAYS_MIN = [1, 5, 20, 60];

/** Tries of one step in all, before it waits for a person. */
export const STEP_ATTEMPTS_MAX = DELAYS_MIN.length + 1;

/** Failures that pass by themselves: the source or a part of the portal was away. */
const PASSING = new Set(["unavailable", "rate_limited", "lost", "timed_out", "crashed"]);

/** When a failed step is tried again by itself, minutes from now; null when only a person can help. */
export function retryDelayMin(errorCode: string | null, attempt: number): number | null {
  if (errorCode === null || !PASSING.has(errorCode)) return null;
  return DELAYS_MIN[attempt - 1] ?? null;
}
