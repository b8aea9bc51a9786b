import type { FaultKind, FaultSpan } from "../../detector/types.ts";

/** A fault as people see it: spans of one cause close together are one. */
export interface JoinedSpan extends FaultSpan {
  /** Rows that are flagged; those between the parts are not. */
  rowCount: number;
}

/** Faults that come and go: single values and bursts. The others are spans by themselves. */
const INTERMITTENT: ReadonlySet<FaultKind> = new Set(["range", "code", "spike", "noise", "burst", "step", "misfit"]);

/** Joins spans of one intermittent cause with at most `gapRows` between them, so that a bad day is one fault. */
export function joinSpans(spans: readonly FaultSpan[], gapRows: number): JoinedSpan[] {
  const open = new Map<FaultKind, JoinedSpan>();
  const joined: JoinedSpan[] = [];
  for (const span of spans.toSorted((a, b) => a.startIndex - b.startIndex)) {
    const rowCount = span.endIndex - span.startIndex;
    const last = open.get(span.kind);
    if (last && INTERMITTENT.has(span.kind) && span.startIndex - last.endIndex <= gapRows) {
      last.endIndex = Math.max(last.endIndex, span.endIndex);
      last.rowCount += rowCount;
      if (span.score > last.score) Object.assign(last, { score: span.score, magnitude: span.magnitude });
      continue;
    }
    const fault = { ...span, rowCount };
    open.set(span.kind, fault);
    joined.push(fault);
  }
  return joined;
}
