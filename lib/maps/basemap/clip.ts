/** A rectangle in the same coordinates as the geometry. */
export interface Rect {
  minX: number;
  minY: number;
  maxX: number;
  maxY: number;
}

/** Flat coordinates `x0, y0, x1, y1, …`; a ring does not repeat its first point. */
export type Coordinates = ArrayLike<number>;

type Side = "minX" | "maxX" | "minY" | "maxY";
const SIDES: readonly Side[] = ["minX", "maxX", "minY", "maxY"];

/**
 * The part of a ring inside the rectangle (Sutherland and Hodgman 1974), empty when there is none. Parts that a
 * concave ring has in several places stay joined along the edge of the rectangle: right for filling, not for stroking.
 */
export function clipRing(ring: Coordinates, rect: Rect): number[] {
  let points = Array.from(ring);
  for (const side of SIDES) {
    if (points.length === 0) return points;
    points = clipBySide(points, rect, side);
  }
  return points.length >= 6 ? points : [];
}

function clipBySide(points: number[], rect: Rect, side: Side): number[] {
  const axis = side === "minX" || side === "maxX" ? 0 : 1;
  const limit = rect[side];
  const sign = side === "minX" || side === "minY" ? 1 : -1;
  const result: number[] = [];
  let previousX = points[points.length - 2]!;
  let previousY = points[points.length - 1]!;
  let previousIn = ((axis === 0 ? previousX : previousY) - limit) * sign >= 0;
  for (let i = 0; i < points.length; i += 2) {
    const x = points[i]!;
    const y = points[i + 1]!;
    const isIn = ((axis === 0 ? x : y) - limit) * sign >= 0;
    if (isIn !== previousIn) {
      if (axis === 0) result.push(limit, previousY + ((y - previousY) * (limit - previousX)) / (x - previousX));
      else result.push(previousX + ((x - previousX) * (limit - previousY)) / (y - previousY), limit);
    }
    if (isIn) result.push(x, y);
    previousX = x;
    previousY = y;
    previousIn = isIn;
  }
  return result;
}

/** The pieces of a line inside the rectangle (Liang and Barsky 1984 per segment). */
export function clipLine(line: Coordinates, rect: Rect): number[][] {
  const pieces: number[][] = [];
  let piece: number[] = [];
  for (let i = 0; i + 3 < line.length; i += 2) {
    const segment = clipSegment([line[i]!, line[i + 1]!, line[i + 2]!, line[i + 3]!], rect);
    if (!segment) continue;
    const [x0, y0, x1, y1] = segment;
    const continues = piece.length > 0 && piece[piece.length - 2] === x0 && piece[piece.length - 1] === y0;
    if (continues) piece.push(x1, y1);
    else pieces.push((piece = [x0, y0, x1, y1]));
  }
  return pieces;
}

type Segment = [x0: number, y0: number, x1: number, y1: number];

function clipSegment([x0, y0, x1, y1]: Segment, rect: Rect): Segment | null {
  const dx = x1 - x0;
  const dy = y1 - y0;
  let from = 0;
  let to = 1;
  for (const [p, q] of [
    [-dx, x0 - rect.minX],
    [dx, rect.maxX - x0],
    [-dy, y0 - rect.minY],
    [dy, rect.maxY - y0],
  ] as const) {
    if (p === 0 && q < 0) return null;
    if (p < 0) from = Math.max(from, q / p);
    if (p > 0) to = Math.min(to, q / p);
    if (from > to) return null;
  }
  return [
    from === 0 ? x0 : x0 + from * dx,
    from === 0 ? y0 : y0 + from * dy,
    to === 1 ? x1 : x0 + to * dx,
    to === 1 ? y1 : y0 + to * dy,
  ];
}

/** The box around flat coordinates. */
export function rectOf(points: Coordinates): Rect {
  const rect = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
  for (let i = 0; i + 1 < points.length; i += 2) {
    rect.minX = Math.min(rect.minX, points[i]!);
    rect.maxX = Math.max(rect.maxX, points[i]!);
    rect.minY = Math.min(rect.minY, points[i + 1]!);
    rect.maxY = Math.max(rect.maxY, points[i + 1]!);
  }
  return rect;
}

export function rectsMeet(a: Rect, b: Rect): boolean {
  return a.minX <= b.maxX && a.maxX >= b.minX && a.minY <= b.maxY && a.maxY >= b.minY;
}

export function intersectRects(a: Rect, b: Rect): Rect {
  return {
    minX: Math.max(a.minX, b.minX),
    minY: Math.max(a.minY, b.minY),
    maxX: Math.min(a.maxX, b.maxX),
    maxY: Math.min(a.maxY, b.maxY),
  };
}

export function growRect(rect: Rect, by: number): Rect {
  return { minX: rect.minX - by, minY: rect.minY - by, maxX: rect.maxX + by, maxY: rect.maxY + by };
}
