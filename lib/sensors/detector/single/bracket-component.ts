import type { SingleRecord } from "./record.ts";
import { type Snap, SURE_SHARPNESS } from "./snaps.ts";

const DAYS_MAX = 10;
const MISMATCH_MAX = 0.35;
/** Share of the rows between two snaps that must be displaced, and by how much of the snap. */
const DISPLACED_ROWS_MIN = 0.6;
const DISPLACED_MIN = 0.6;

export interface LevelSpan {
  start: number;
  end: number;
  /** Displacement, signed. */
  size: number;
  /** Size in units of four usual changes, less for a poor match. */
  strength: number;
  /** How much the two ends differ, share of the larger; 0 when only one end is seen. */
  mismatch: number;
}

/** Pairs of opposite snaps of about the same size: between them the series sat at a wrong level. */
export function findBrackets(record: SingleRecord, snaps: readonly Snap[], usual: Float64Array): LevelSpan[] {
  const found: LevelSpan[] = [];
  for (const [i, first] of snaps.entries()) {
    for (const second of snaps.slice(i + 1)) {
      if (second.row - first.row > DAYS_MAX * record.dayRows) break;
      const span = bracketOf(first, second, Math.max(usual[first.row]!, usual[second.row]!));
      if (span !== null && span.strength > 0 && isDisplaced(record, first, second)) found.push(span);
    }
  }
  return matchEnds(found);
}

/** The strongest first; a snap that ends or opens one span does not bound another. */
function matchEnds(found: readonly LevelSpan[]): LevelSpan[] {
  const taken = new Set<number>();
  const spans: LevelSpan[] = [];
  for (const span of found.toSorted((a, b) => b.strength - a.strength)) {
    if (taken.has(span.start) || taken.has(span.end)) continue;
    taken.add(span.start).add(span.end);
    spans.push(span);
  }
  return spans.sort((a, b) => a.start - b.start);
}

/** The span between two opposite snaps of about the same size; null when they do not match. */
function bracketOf(first: Snap, second: Snap, usual: number): LevelSpan | null {
  const [a, b] = [Math.abs(first.size), Math.abs(second.size)];
  const mismatch = Math.abs(a - b) / Math.max(a, b);
  if (first.size * second.size >= 0 || mismatch > MISMATCH_MAX) return null;
  const certainty = Math.min(1, first.sharpness / SURE_SHARPNESS, second.sharpness / SURE_SHARPNESS);
  const strength = (Math.min(a, b) / usual / 4) * (1 - mismatch / MISMATCH_MAX) * certainty;
  return { start: first.row, end: second.row, size: (first.size - second.size) / 2, strength, mismatch };
}

/** Against the line between the levels just outside: its slope takes the series' own trend out. */
function isDisplaced({ filled }: SingleRecord, first: Snap, second: Snap): boolean {
  const before = filled[first.row - 1]!;
  const after = filled[second.row]!;
  const size = (first.size - second.size) / 2;
  let displaced = 0;
  for (let i = first.row; i < second.row; i++) {
    const line = before + ((after - before) * (i - first.row)) / (second.row - first.row);
    if ((filled[i]! - line) / size > DISPLACED_MIN) displaced++;
  }
  return displaced >= DISPLACED_ROWS_MIN * (second.row - first.row);
}
