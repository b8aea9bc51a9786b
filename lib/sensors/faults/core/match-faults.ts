/** A span of one datastream. */
interface Span {
  datastreamId: string;
  kind: string;
  beginAtMs: number;
  endAtMs: number;
}

export interface Matched<F extends Span, S extends Span> {
  /** Found again: the stored one is the same fault. */
  same: { found: F; stored: S }[];
  added: F[];
  /** Stored, but not found any more. */
  gone: S[];
}

/**
 * Which found faults are stored already: of one datastream, overlapping, the same kind before another, the longest
 * overlap before a shorter. Every fault is matched once, so a review stays with the fault it was made of.
 */
export function matchFaults<F extends Span, S extends Span>(found: readonly F[], stored: readonly S[]): Matched<F, S> {
  const pairs = found.flatMap((one) =>
    stored
      .filter(({ datastreamId }) => datastreamId === one.datastreamId)
      .map((other) => ({ found: one, stored: other, overlapMs: overlapMs(one, other) }))
      .filter(({ overlapMs: shared }) => shared >= 0),
  );
  const isSameKind = (pair: (typeof pairs)[number]) => Number(pair.found.kind === pair.stored.kind);
  pairs.sort((a, b) => isSameKind(b) - isSameKind(a) || b.overlapMs - a.overlapMs);
  const same: { found: F; stored: S }[] = [];
  const [usedFound, usedStored] = [new Set<F>(), new Set<S>()];
  for (const pair of pairs) {
    if (usedFound.has(pair.found) || usedStored.has(pair.stored)) continue;
    usedFound.add(pair.found);
    usedStored.add(pair.stored);
    same.push({ found: pair.found, stored: pair.stored });
  }
  return {
    same,
    added: found.filter((one) => !usedFound.has(one)),
    gone: stored.filter((one) => !usedStored.has(one)),
  };
}

/** Shared time; negative when they do not touch. */
function overlapMs(a: Span, b: Span): number {
  return Math.min(a.endAtMs, b.endAtMs) - Math.max(a.beginAtMs, b.beginAtMs);
}
