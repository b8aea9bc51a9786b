import type { FlagSpan, QartodFlag } from "#lib/sensors/core/flag";

/** One flagged value on its way into a span. */
export interface FlaggedPoint {
  atMs: number;
  value: number;
  /** How far beyond the limit, 1 = at it. */
  score: number;
  /** Size of what was found, signed, in the series' unit. */
  size: number;
}

/** What a span says about itself when it closes. */
export interface SpanFacts {
  startAtMs: number;
  endAtMs: number;
  /** Flagged values. */
  pointCount: number;
  /** Distinct incidents: one spike of three values is one. */
  incidents: number;
  /** The point with the highest score. */
  worst: FlaggedPoint;
}

/** Gathers flagged points of one check and one flag that lie close together into spans. */
export class OpenSpan {
  readonly check: string;
  readonly flag: QartodFlag;
  readonly #mergeMs: number;
  readonly #reason: (facts: SpanFacts) => string;
  readonly #closed: FlagSpan[];
  #facts: SpanFacts | null = null;

  constructor(
    kind: { check: string; flag: QartodFlag; mergeMs: number },
    reason: (facts: SpanFacts) => string,
    closed: FlagSpan[],
  ) {
    this.check = kind.check;
    this.flag = kind.flag;
    this.#mergeMs = kind.mergeMs;
    this.#reason = reason;
    this.#closed = closed;
  }

  /** Adds a point; `isNew` starts a further incident inside the same span. */
  add(point: FlaggedPoint, isNew: boolean): void {
    const facts = this.#facts;
    if (facts === null || point.atMs - facts.endAtMs > this.#mergeMs) {
      this.close();
      this.#facts = { startAtMs: point.atMs, endAtMs: point.atMs, pointCount: 1, incidents: 1, worst: point };
      return;
    }
    facts.endAtMs = Math.max(facts.endAtMs, point.atMs);
    facts.pointCount += 1;
    if (isNew) facts.incidents += 1;
    if (point.score > facts.worst.score) facts.worst = point;
  }

  close(): void {
    const facts = this.#facts;
    if (facts === null) return;
    this.#facts = null;
    this.#closed.push({
      check: this.check,
      flag: this.flag,
      reason: this.#reason(facts),
      startAtMs: facts.startAtMs,
      endAtMs: facts.endAtMs,
      pointCount: facts.pointCount,
      score: Math.round(facts.worst.score * 100) / 100,
    });
  }
}
