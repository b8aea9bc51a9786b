import { type DetectorEvidence, type DetectorMode, type DetectorResult, type FaultKind, FLAG_SCORE } from "../types.ts";
import type { SensorHabits } from "./habits.ts";
import type { HourGrid } from "./hour-grid.ts";

interface ScoredSpan {
  kind: FaultKind;
  /** Hours [start, end). */
  start: number;
  end: number;
  size: number;
  score: number;
}

interface Judged {
  mode: DetectorMode;
  /** Raw score that is one unit: 1 unless raised to halve the false alarms. */
  flagLevel: number;
  values: Float64Array;
  /** Score of every row by cause. */
  parts: ReadonlyMap<FaultKind, Float64Array>;
  background: Float64Array;
  spans: readonly ScoredSpan[];
  grid: HourGrid;
  evidence: DetectorEvidence;
  habits: SensorHabits | null;
}

/** Above this share of faulty rows nothing is left that says what is usual. */
const FAULTY_SHARE_MAX = 0.75;

/** The largest of everything that speaks against a row; missing rows have 0. Runs of flagged rows become spans. */
export function toVerdict({
  mode,
  flagLevel,
  values,
  parts,
  background,
  spans,
  grid,
  evidence,
  habits,
}: Judged): DetectorResult {
  const count = values.length;
  const score = new Float64Array(count);
  const cause: (FaultKind | null)[] = new Array<FaultKind | null>(count).fill(null);
  const raise = (i: number, raw: number, kind: FaultKind | null) => {
    const value = raw / flagLevel;
    if (value <= score[i]! || values[i] !== values[i]) return;
    score[i] = value;
    cause[i] = kind;
  };
  for (let i = 0; i < count; i++) raise(i, background[i]!, null);
  for (const [kind, part] of parts) for (let i = 0; i < count; i++) raise(i, part[i]!, kind);
  for (const span of spans) {
    for (let i = grid.rowOfHour[span.start]!; i < grid.rowOfHour[span.end]!; i++) raise(i, span.score, span.kind);
  }
  const runs = flaggedRuns(score, grid.rowsPerHour);
  const result: DetectorResult = {
    mode,
    score,
    spans: runs.map(({ start, end }) => {
      const kind = mainCause(cause, start, end);
      const peak = score.subarray(start, end).reduce((a, b) => Math.max(a, b), 0);
      return {
        kind,
        startIndex: start,
        endIndex: end,
        magnitude: sizeOf(kind, { start, end, spans, grid, evidence }),
        score: peak,
      };
    }),
    evidence,
    habits,
  };
  const known = values.reduce((sum, value) => sum + (value === value ? 1 : 0), 0);
  const faulty = score.reduce((sum, value) => sum + (value > FLAG_SCORE ? 1 : 0), 0);
  if (known === 0) result.limit = "no_values";
  else if (faulty > FAULTY_SHARE_MAX * known) result.limit = "no_reference";
  return result;
}

function flaggedRuns(score: Float64Array, gap: number): { start: number; end: number }[] {
  const runs: { start: number; end: number }[] = [];
  for (let i = 0; i < score.length; i++) {
    if (score[i]! <= FLAG_SCORE) continue;
    const last = runs.at(-1);
    if (last !== undefined && i - last.end <= gap) last.end = i + 1;
    else runs.push({ start: i, end: i + 1 });
  }
  return runs;
}

/** The cause most flagged rows have. */
function mainCause(cause: readonly (FaultKind | null)[], start: number, end: number): FaultKind {
  const counts = new Map<FaultKind, number>();
  for (let i = start; i < end; i++) {
    const kind = cause[i];
    if (kind) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "misfit";
}

interface Sized {
  start: number;
  end: number;
  spans: readonly ScoredSpan[];
  grid: HourGrid;
  evidence: DetectorEvidence;
}

function sizeOf(kind: FaultKind, { start, end, spans, grid, evidence }: Sized): number {
  const same = spans.filter(
    (span) => span.kind === kind && grid.rowOfHour[span.start]! < end && grid.rowOfHour[span.end]! > start,
  );
  const [strongest] = same.sort((a, b) => b.score - a.score);
  if (strongest) return strongest.size;
  let size = 0;
  for (let i = start; i < end; i++) {
    const off = evidence.residual[i]!;
    if (Math.abs(off) > Math.abs(size)) size = off;
  }
  return kind === "range" || kind === "code" ? Number.NaN : size;
}
