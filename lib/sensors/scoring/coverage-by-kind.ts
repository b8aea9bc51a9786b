import { countMarked, type RowSpan, touches } from "./spans.ts";

/** One known fault, with the flags of the series it lies in. */
export interface KnownFault extends RowSpan {
  kind: string;
  flags: ArrayLike<number>;
}

export interface KindCoverage {
  events: number;
  /** Share of the events with at least one flagged row. */
  recall: number;
  /** Mean over the events of the share of their rows that are flagged. */
  coverage: number;
}

/** Recall and coverage by fault kind: every event weighs the same, whatever its length. Empty spans are left out. */
export function coverageByKind(faults: Iterable<KnownFault>): Map<string, KindCoverage> {
  const kinds = new Map<string, KindCoverage>();
  for (const fault of faults) {
    if (fault.end <= fault.start) continue;
    const kind = kinds.get(fault.kind) ?? { events: 0, recall: 0, coverage: 0 };
    kind.events += 1;
    kind.recall += touches(fault.flags, fault) ? 1 : 0;
    kind.coverage += countMarked(fault.flags, fault) / (fault.end - fault.start);
    kinds.set(fault.kind, kind);
  }
  for (const kind of kinds.values()) {
    kind.recall /= kind.events;
    kind.coverage /= kind.events;
  }
  return kinds;
}
