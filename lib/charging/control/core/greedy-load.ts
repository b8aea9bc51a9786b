import { SLOTS_PER_DAY } from "./day-tariff.ts";
import type { WindowClasses } from "./window-classes.ts";

/** Place of the energy that is not delivered, behind the slots of the day. */
export const UNMET = SLOTS_PER_DAY;

/**
 * The load that is cheapest when the slots cost as much as their order says: every session takes what it can in the
 * first slots of its window. `order` may name `UNMET`, which takes all that is left by then. Writes kW per slot, and
 * the rest behind them, into `loadKw` (97 places).
 */
export function fillInOrder(classes: WindowClasses, order: ArrayLike<number>, loadKw: Float64Array): void {
  const { portionKw, portionStart, slotClasses, slotStart, leftKw, count } = classes;
  const next = portionStart.slice(0, count);
  loadKw.fill(0);
  for (let position = 0; position < order.length; position++) {
    const slot = order[position]!;
    if (slot === UNMET) {
      let left = 0;
      for (let c = 0; c < count; c++) left += leftKw[next[c]!]!;
      loadKw[UNMET] = left;
      return;
    }
    let load = 0;
    for (let at = slotStart[slot]!; at < slotStart[slot + 1]!; at++) {
      const c = slotClasses[at]!;
      load += portionKw[next[c]!]!;
      next[c] = next[c]! + 1;
    }
    loadKw[slot] = load;
  }
}
