import type { MapItem } from "#lib/maps/spec";
import { STATES_BY_URGENCY, worstState } from "#lib/maps/state-words";

interface Placed {
  item: MapItem;
  xPx: number;
  yPx: number;
}

/** The order in which the keyboard visits items: most urgent state first, then from the middle of the map outwards. */
export function byUrgency<T extends Placed>(placed: readonly T[], size: { x: number; y: number }): T[] {
  const rank = ({ item }: T) => STATES_BY_URGENCY.indexOf(item.kind === "point" ? item.state : worstState(item));
  const distancePx = ({ xPx, yPx }: T) => Math.hypot(xPx - size.x / 2, yPx - size.y / 2);
  return [...placed].sort((a, b) => rank(a) - rank(b) || distancePx(a) - distancePx(b));
}
