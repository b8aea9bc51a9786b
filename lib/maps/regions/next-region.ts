export type Direction = "up" | "down" | "left" | "right";

/** A place on the map's plane; y grows downward. */
export interface Centre {
  id: string;
  x: number;
  y: number;
}

const UNIT: Record<Direction, readonly [x: number, y: number]> = {
  up: [0, -1],
  down: [0, 1],
  left: [-1, 0],
  right: [1, 0],
};
/** How much a step aside counts beside a step ahead: neighbours come before areas that lie exactly in the direction. */
const ASIDE_WEIGHT = 2;

/** The area to which an arrow key leads from another: the nearest ahead, within 60° to either side; null at the edge. */
export function regionTowards(centres: readonly Centre[], fromId: string, direction: Direction): string | null {
  const from = centres.find(({ id }) => id === fromId);
  if (!from) return null;
  const [unitX, unitY] = UNIT[direction];
  let best: { id: string; cost: number } | null = null;
  for (const { id, x, y } of centres) {
    const [dx, dy] = [x - from.x, y - from.y];
    const ahead = dx * unitX + dy * unitY;
    const aside = Math.abs(dx * unitY - dy * unitX);
    if (ahead <= 0 || aside > Math.tan(Math.PI / 3) * ahead) continue;
    const cost = ahead + ASIDE_WEIGHT * aside;
    if (!best || cost < best.cost) best = { id, cost };
  }
  return best?.id ?? null;
}
