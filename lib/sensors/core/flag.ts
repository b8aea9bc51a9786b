/** QARTOD primary flags: 1 good, 2 not evaluated, 3 suspect, 4 fail, 9 missing. */
export const FLAG = { good: 1, notEvaluated: 2, suspect: 3, fail: 4, missing: 9 } as const;

export type QartodFlag = (typeof FLAG)[keyof typeof FLAG];

export const FLAG_LABELS: Readonly<Record<QartodFlag, string>> = {
  1: "good",
  2: "not evaluated",
  3: "suspect",
  4: "fail",
  9: "missing",
};

/** A span of one datastream that a check flagged. Both ends are instants of observations, UTC milliseconds. */
export interface FlagSpan {
  check: string;
  flag: QartodFlag;
  /** One sentence for people: what was seen, how much, against which limit. */
  reason: string;
  startAtMs: number;
  endAtMs: number;
  /** Flagged observations inside the span; for flag 9 the number of observations that should have been there. */
  pointCount: number;
  /** How far beyond the limit, 1 = exactly at it. */
  score?: number;
}

// Missing outranks good but not a verdict about a value that is there (QARTOD manuals, aggregate flag).
const SEVERITY: Readonly<Record<QartodFlag, number>> = { 2: 0, 1: 1, 9: 2, 3: 3, 4: 4 };

/** The worse of two flags: fail, suspect, missing, good, not evaluated. */
export function worseFlag(a: QartodFlag, b: QartodFlag): QartodFlag {
  return SEVERITY[b] > SEVERITY[a] ? b : a;
}

/** Time order, then check name: the order in which spans are stored and compared. */
export function compareSpans(a: FlagSpan, b: FlagSpan): number {
  return a.startAtMs - b.startAtMs || a.endAtMs - b.endAtMs || a.check.localeCompare(b.check, "en") || a.flag - b.flag;
}
