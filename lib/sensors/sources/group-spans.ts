import type { SensorSpan } from "./source.ts";

export interface SpanRequest {
  /** Sensors of one request, with the time that is still to be read of each. */
  asked: SensorSpan[];
  /** The request's own time: after this, */
  afterMs: number;
  /** up to and with this. */
  untilMs: number;
}

/**
 * Cuts what is to be read into requests of at most so many sensors and so long a time. Sensors that begin at about
 * the same time share requests; within a group time goes forward, so that what was read has no holes.
 */
export function* groupSpans(
  spans: readonly SensorSpan[],
  { sensorsMax, windowMs }: { sensorsMax: number; windowMs: number },
): Generator<SpanRequest> {
  const ordered = spans.filter(({ afterMs, untilMs }) => afterMs < untilMs).sort((a, b) => a.afterMs - b.afterMs);
  for (let start = 0; start < ordered.length; start += sensorsMax) {
    const group = ordered.slice(start, start + sensorsMax);
    const endMs = Math.max(...group.map(({ untilMs }) => untilMs));
    for (let afterMs = group[0]!.afterMs; afterMs < endMs;) {
      const untilMs = Math.min(afterMs + windowMs, endMs);
      const from = afterMs;
      const asked = group
        .filter((span) => span.afterMs < untilMs && span.untilMs > from)
        .map((span) => ({ ...span, afterMs: Math.max(span.afterMs, from) }));
      if (asked.length > 0) yield { asked, afterMs, untilMs };
      // A stretch that nobody wants is skipped.
      const nextMs = Math.min(...group.filter((span) => span.untilMs > untilMs).map((span) => span.afterMs));
      afterMs = Math.max(untilMs, Number.isFinite(nextMs) ? nextMs : untilMs);
    }
  }
}
