import type { Coordinates } from "./clip.ts";

/** Line simplification (Douglas and Peucker 1973): no dropped point lies farther than `tolerance` from the result. */
export function simplifyLine(line: Coordinates, tolerance: number): number[] {
  const count = line.length / 2;
  if (count <= 2) return Array.from(line);
  const keep = new Uint8Array(count);
  keep[0] = 1;
  keep[count - 1] = 1;
  const stack: [number, number][] = [[0, count - 1]];
  for (let range = stack.pop(); range; range = stack.pop()) {
    const farthest = farthestFrom(line, range);
    if (farthest.distance <= tolerance) continue;
    keep[farthest.at] = 1;
    stack.push([range[0], farthest.at], [farthest.at, range[1]]);
  }
  return Array.from(line).filter((_, i) => keep[i >> 1] === 1);
}

/** For a ring: split at the point farthest from the first one, so that both halves are lines. */
export function simplifyRing(ring: Coordinates, tolerance: number): number[] {
  const points = Array.from(ring);
  const opposite = farthestFrom([...points, ...points.slice(0, 2)], [0, points.length / 2]).at * 2;
  const first = simplifyLine(points.slice(0, opposite + 2), tolerance);
  const second = simplifyLine([...points.slice(opposite), ...points.slice(0, 2)], tolerance);
  const result = [...first.slice(0, -2), ...second.slice(0, -2)];
  return result.length >= 6 ? result : [];
}

function farthestFrom(line: Coordinates, [from, to]: [number, number]): { at: number; distance: number } {
  const x0 = line[from * 2]!;
  const y0 = line[from * 2 + 1]!;
  const dx = line[to * 2]! - x0;
  const dy = line[to * 2 + 1]! - y0;
  const length = Math.hypot(dx, dy);
  let best = { at: from, distance: -1 };
  for (let i = from + 1; i < to; i += 1) {
    const px = line[i * 2]! - x0;
    const py = line[i * 2 + 1]! - y0;
    const distance = length === 0 ? Math.hypot(px, py) : Math.abs(px * dy - py * dx) / length;
    if (distance > best.distance) best = { at: i, distance };
  }
  return best;
}
