import type { CellCount } from "./grid.ts";

interface Mark {
  x: number;
  y: number;
  homeX: number;
  homeY: number;
  reachPx: number;
  canMove: boolean;
}

interface SpreadOptions {
  worldPx: number;
  /** Half of the room one mark needs. */
  reachPx: (cell: CellCount) => number;
}

const SWEEPS_MAX = 24;
/** Overlap nobody sees. */
const TOLERANCE_PX = 0.5;
/** A ring stays close to the sensors it stands for. */
const SHIFT_MAX_PX = 40;

/**
 * Moves the rings of clusters off the marks they touch, as little as needed; single sensors stay where they are.
 * O(n log n) per sweep: marks are compared along one axis while they are near on it.
 */
export function spreadApart(cells: readonly CellCount[], { worldPx, reachPx }: SpreadOptions): CellCount[] {
  const marks = cells.map((cell): Mark => {
    const [x, y] = [(cell.sumX / cell.count) * worldPx, (cell.sumY / cell.count) * worldPx];
    return { x, y, homeX: x, homeY: y, reachPx: reachPx(cell), canMove: cell.count > 1 };
  });
  const widest = marks.reduce((most, mark) => Math.max(most, mark.reachPx), 0);
  for (let sweep = 0; sweep < SWEEPS_MAX && pushOnce(marks, 2 * widest); sweep += 1);
  return cells.map((cell, i) => {
    const mark = marks[i];
    if (!mark || (mark.x === mark.homeX && mark.y === mark.homeY)) return cell;
    return { ...cell, sumX: (mark.x / worldPx) * cell.count, sumY: (mark.y / worldPx) * cell.count };
  });
}

/** One sweep over all pairs that touch; false when none did. */
function pushOnce(marks: readonly Mark[], nearPx: number): boolean {
  const alongX = [...marks].sort((a, b) => a.x - b.x || a.y - b.y);
  let moved = false;
  for (const [i, mark] of alongX.entries()) {
    for (let j = i + 1; j < alongX.length; j += 1) {
      const other = alongX[j];
      if (!other || other.x - mark.x > nearPx) break;
      moved = push(mark, other) || moved;
    }
  }
  return moved;
}

function push(a: Mark, b: Mark): boolean {
  if (!a.canMove && !b.canMove) return false;
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const distance = Math.hypot(dx, dy);
  const overlapPx = a.reachPx + b.reachPx - distance;
  if (overlapPx <= TOLERANCE_PX) return false;
  const [ux, uy] = distance > 0 ? [dx / distance, dy / distance] : [1, 0];
  const shareOfA = a.canMove ? (b.canMove ? 0.5 : 1) : 0;
  shift(a, -ux * overlapPx * shareOfA, -uy * overlapPx * shareOfA);
  shift(b, ux * overlapPx * (1 - shareOfA), uy * overlapPx * (1 - shareOfA));
  return true;
}

function shift(mark: Mark, dx: number, dy: number): void {
  const [offX, offY] = [mark.x + dx - mark.homeX, mark.y + dy - mark.homeY];
  const length = Math.hypot(offX, offY);
  const kept = length > SHIFT_MAX_PX ? SHIFT_MAX_PX / length : 1;
  mark.x = mark.homeX + offX * kept;
  mark.y = mark.homeY + offY * kept;
}
