export interface CrashRecord {
  /** Crashes in a row of processes that had run only briefly. */
  quickCrashes: number;
}

export type RestartDecision = { restart: true; delayMs: number; record: CrashRecord } | { restart: false };

/** A process that ran at least this long had started properly: its crash opens a new count. */
export const SETTLED_MS = 10_000;
export const QUICK_CRASHES_MAX = 5;

/** Restarts at once after a long life, ever later after quick crashes (0.25 s doubling to 4 s), and then no more. */
export function decideRestart(record: CrashRecord, ranMs: number): RestartDecision {
  const quickCrashes = ranMs >= SETTLED_MS ? 1 : record.quickCrashes + 1;
  if (quickCrashes >= QUICK_CRASHES_MAX) return { restart: false };
  return { restart: true, delayMs: Math.min(4000, 125 * 2 ** quickCrashes), record: { quickCrashes } };
}
