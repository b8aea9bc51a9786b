import type { Coordinates, Rect } from "./clip.ts";

/**
 * Corner cutting (Chaikin 1974): each pass replaces a corner by two points at a quarter of its edges. It softens
 * a coast that is enlarged past its scale. Both ends of the line stay.
 */
export function smoothLine(line: Coordinates, passes: number): number[] {
  let points = Array.from(line);
  for (let pass = 0; pass < passes; pass += 1) {
    const next: number[] = points.slice(0, 2);
    for (let i = 0; i + 3 < points.length; i += 2) {
      pushCut(next, [points[i]!, points[i + 1]!, points[i + 2]!, points[i + 3]!], {
        start: i > 0,
        end: i + 4 < points.length,
      });
    }
    next.push(...points.slice(-2));
    points = next;
  }
  return points;
}

/** Like `smoothLine` for a closed ring; corners on the edge of the clip rectangle stay where they are. */
export function smoothRing(ring: Coordinates, clip: Rect, passes: number): number[] {
  let points = Array.from(ring);
  for (let pass = 0; pass < passes; pass += 1) {
    const next: number[] = [];
    for (let i = 0; i < points.length; i += 2) {
      const j = (i + 2) % points.length;
      const x0 = points[i]!;
      const y0 = points[i + 1]!;
      const x1 = points[j]!;
      const y1 = points[j + 1]!;
      const fixed = onEdge(x0, y0, clip);
      if (fixed) next.push(x0, y0);
      pushCut(next, [x0, y0, x1, y1], { start: !fixed, end: !onEdge(x1, y1, clip) });
    }
    points = next;
  }
  return points;
}

function pushCut(
  into: number[],
  [x0, y0, x1, y1]: [number, number, number, number],
  { start, end }: { start: boolean; end: boolean },
): void {
  if (start) into.push(x0 * 0.75 + x1 * 0.25, y0 * 0.75 + y1 * 0.25);
  if (end) into.push(x0 * 0.25 + x1 * 0.75, y0 * 0.25 + y1 * 0.75);
}

function onEdge(x: number, y: number, { minX, minY, maxX, maxY }: Rect): boolean {
  return x <= minX || x >= maxX || y <= minY || y >= maxY;
}
