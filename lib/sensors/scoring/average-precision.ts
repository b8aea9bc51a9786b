import type { LabelledScores } from "./labelled-scores.ts";

/** Row numbers by falling score; NaN last. */
export function rankRows(scores: ArrayLike<number>): Uint32Array {
  const keys = Float64Array.from(scores, (score) => (Number.isNaN(score) ? Number.POSITIVE_INFINITY : -score));
  return Uint32Array.from(keys, (_, row) => row).sort((a, b) => keys[a]! - keys[b]! || a - b);
}

/** One past the last rank that shares the score of rank `from`. */
export function endOfTie(scores: ArrayLike<number>, order: Uint32Array, from: number): number {
  const score = scores[order[from]!]!;
  let end = from + 1;
  while (end < order.length && (scores[order[end]!] === score || Number.isNaN(score))) end++;
  return end;
}

/**
 * Area under the precision-recall curve as average precision: Σ (recall gained × precision) over every distinct score.
 * Tied rows are taken together, so a constant score gives the share of labelled rows. NaN without labels. O(n log n).
 */
export function averagePrecision({ scores, labels }: LabelledScores): number {
  const order = rankRows(scores);
  let found = 0;
  let area = 0;
  for (let i = 0; i < order.length;) {
    const before = found;
    const end = endOfTie(scores, order, i);
    for (; i < end; i++) if (labels[order[i]!]) found++;
    area += (found - before) * (found / i);
  }
  return found > 0 ? area / found : Number.NaN;
}
