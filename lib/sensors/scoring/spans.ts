/** Rows [start, end) of a series. */
export interface RowSpan {
  start: number;
  end: number;
}

/**
 * Maximal runs of non-zero marks. Runs separated by at most `mergeGap` unmarked rows become one; runs longer than
 * `lengthMax` are cut into pieces of that length, so that marking everything is not one lucky event.
 */
export function spansOf(marks: ArrayLike<number>, { mergeGap = 0, lengthMax = Infinity } = {}): RowSpan[] {
  const spans: RowSpan[] = [];
  for (let i = 0; i < marks.length; i++) {
    if (!marks[i]) continue;
    const last = spans.at(-1);
    if (last !== undefined && i - last.end <= mergeGap) last.end = i + 1;
    else spans.push({ start: i, end: i + 1 });
  }
  return Number.isFinite(lengthMax) ? spans.flatMap((span) => cut(span, lengthMax)) : spans;
}

function cut({ start, end }: RowSpan, lengthMax: number): RowSpan[] {
  const pieces: RowSpan[] = [];
  for (let from = start; from < end; from += lengthMax)
    pieces.push({ start: from, end: Math.min(end, from + lengthMax) });
  return pieces;
}

/** Marks every row within `margin` rows of a marked one. O(n). */
export function widen(marks: ArrayLike<number>, margin: number): Uint8Array {
  const wide = new Uint8Array(marks.length);
  for (const { start, end } of spansOf(marks)) {
    wide.fill(1, Math.max(0, start - margin), Math.min(marks.length, end + margin));
  }
  return wide;
}

/** Whether any row of the span is marked. */
export function touches(marks: ArrayLike<number>, { start, end }: RowSpan): boolean {
  for (let i = Math.max(0, start); i < Math.min(marks.length, end); i++) if (marks[i]) return true;
  return false;
}

/** Number of marked rows of the span. */
export function countMarked(marks: ArrayLike<number>, { start, end }: RowSpan): number {
  let count = 0;
  for (let i = Math.max(0, start); i < Math.min(marks.length, end); i++) if (marks[i]) count++;
  return count;
}

/** Rows at which a detector says "faulty": score ≥ threshold; a missing score is not a detection. */
export function flagsOf(scores: ArrayLike<number>, threshold: number): Uint8Array {
  const flags = new Uint8Array(scores.length);
  for (let i = 0; i < scores.length; i++) if (scores[i]! >= threshold) flags[i] = 1;
  return flags;
}
