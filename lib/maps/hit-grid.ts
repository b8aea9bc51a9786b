/** Marks as they were drawn, in pixels, bottom one first. */
export interface DrawnMark {
  /** Position of the item in the list that was drawn. */
  index: number;
  xPx: number;
  yPx: number;
  radiusPx: number;
}

export interface HitGrid {
  /** The mark under the pointer: the nearest whose edge is within `slackPx`; of equally near ones the topmost. */
  find(xPx: number, yPx: number, slackPx: number): DrawnMark | null;
}

const CELL_PX = 64;

interface Entry {
  mark: DrawnMark;
  order: number;
}

/** A spatial grid over the drawn marks; a query looks at nine cells. `slackPx` plus radius must stay under 64 px. */
export function buildHitGrid(marks: readonly DrawnMark[]): HitGrid {
  const cells = new Map<string, Entry[]>();
  marks.forEach((mark, order) => {
    const key = `${Math.floor(mark.xPx / CELL_PX)},${Math.floor(mark.yPx / CELL_PX)}`;
    const cell = cells.get(key);
    if (cell) cell.push({ mark, order });
    else cells.set(key, [{ mark, order }]);
  });
  return { find: (xPx, yPx, slackPx) => findIn(around(cells, xPx, yPx), { xPx, yPx, slackPx }) };
}

function around(cells: Map<string, Entry[]>, xPx: number, yPx: number): Entry[] {
  const column = Math.floor(xPx / CELL_PX);
  const row = Math.floor(yPx / CELL_PX);
  const offsets = [-1, 0, 1];
  return offsets.flatMap((dy) => offsets.flatMap((dx) => cells.get(`${column + dx},${row + dy}`) ?? []));
}

function findIn(entries: Entry[], { xPx, yPx, slackPx }: { xPx: number; yPx: number; slackPx: number }) {
  let best: (Entry & { distancePx: number }) | null = null;
  for (const { mark, order } of entries) {
    const distancePx = Math.max(0, Math.hypot(mark.xPx - xPx, mark.yPx - yPx) - mark.radiusPx);
    if (distancePx > slackPx) continue;
    const closer = !best || distancePx < best.distancePx || (distancePx === best.distancePx && order > best.order);
    if (closer) best = { mark, order, distancePx };
  }
  return best?.mark ?? null;
}
