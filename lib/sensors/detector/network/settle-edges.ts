/** Hours [start, end). */
interface Hours {
  start: number;
  end: number;
}

/**
 * A fault that only lit hours show may have begun or ended at any hour of the dark beside it: the middle of the dark
 * errs least. Edges within the light stay; a fault that reaches the record's first or last light reaches its end.
 */
export function settleEdges({ start, end }: Hours, isLit: Uint8Array): Hours {
  const first = isLit.indexOf(1, start);
  const last = isLit.lastIndexOf(1, end - 1);
  if (first < 0 || last < first) return { start, end };
  const litBefore = first > 0 ? isLit.lastIndexOf(1, first - 1) : -1;
  const litAfter = isLit.indexOf(1, last + 1);
  return {
    start: litBefore < 0 ? 0 : Math.round((litBefore + 1 + first) / 2),
    end: litAfter < 0 ? isLit.length : Math.round((last + 1 + litAfter) / 2),
  };
}
