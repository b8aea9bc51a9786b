import { canonicalOrder, deliverableOf, type Sessions, windowLength } from "./sessions.ts";
import { SLOT_HOURS, SLOTS_PER_DAY } from "./day-tariff.ts";

/**
 * Sessions with the same window behave as one: visiting slots in rising order of cost, the session's k-th visited slot
 * gets its k-th portion (full power, …, full power, the rest), so a class's k-th slot gets the sum of the k-th
 * portions. 100,000 sessions become at most 9,216 classes, and a greedy pass no longer depends on their number.
 */
export interface WindowClasses {
  count: number;
  /** Class of each session. */
  classOf: Int32Array;
  arrivalSlot: Int32Array;
  length: Int32Array;
  /** Portions in kW, `length` + 1 per class from `portionStart`; the last is 0 and never used up. */
  portionKw: Float64Array;
  /** Sums of the portions from each on: what is left. */
  leftKw: Float64Array;
  portionStart: Int32Array;
  /** Classes whose window holds a slot: those from `slotStart[t]` to `slotStart[t + 1]` of `slotClasses`. */
  slotClasses: Int32Array;
  slotStart: Int32Array;
  /** All sessions' energy as kW of one slot. */
  totalKw: number;
}

export function classifyWindows(sessions: Sessions): WindowClasses {
  const order = canonicalOrder(sessions);
  const { arrivalSlot, departureSlot } = sessions;
  const classOf = new Int32Array(order.length);
  const first: number[] = [];
  for (const i of order) {
    const last = first.at(-1);
    const isSame =
      last !== undefined && arrivalSlot[last] === arrivalSlot[i] && departureSlot[last] === departureSlot[i];
    if (!isSame) first.push(i);
    classOf[i] = first.length - 1;
  }
  const arrival = Int32Array.from(first, (i) => arrivalSlot[i]!);
  const length = Int32Array.from(first, (i) => windowLength(arrivalSlot[i]!, departureSlot[i]!));
  const portionStart = new Int32Array(first.length + 1);
  for (let c = 0; c < first.length; c++) portionStart[c + 1] = portionStart[c]! + length[c]! + 1;
  const portionKw = new Float64Array(portionStart[first.length]!);
  addPortions(sessions, { order, classOf, portionStart, portionKw });
  const leftKw = Float64Array.from(portionKw);
  let totalKw = 0;
  for (let c = 0; c < first.length; c++) {
    for (let k = portionStart[c + 1]! - 2; k >= portionStart[c]!; k--) leftKw[k] = leftKw[k]! + leftKw[k + 1]!;
    totalKw += leftKw[portionStart[c]!]!;
  }
  const windows = { arrivalSlot: arrival, length };
  return { count: first.length, classOf, ...windows, portionKw, leftKw, portionStart, ...listBySlot(windows), totalKw };
}

interface Portions {
  order: Int32Array;
  classOf: Int32Array;
  portionStart: Int32Array;
  portionKw: Float64Array;
}

function addPortions(sessions: Sessions, { order, classOf, portionStart, portionKw }: Portions): void {
  const { energyKwh } = deliverableOf(sessions);
  for (const i of order) {
    const power = sessions.powerKwMax[i]!;
    const start = portionStart[classOf[i]!]!;
    let left = energyKwh[i]! / SLOT_HOURS;
    for (let k = start; left > 0 && k < portionStart[classOf[i]! + 1]! - 1; k++) {
      const portion = Math.min(power, left);
      portionKw[k] = portionKw[k]! + portion;
      left -= portion;
    }
  }
}

function listBySlot({ arrivalSlot, length }: { arrivalSlot: Int32Array; length: Int32Array }) {
  const slotStart = new Int32Array(SLOTS_PER_DAY + 1);
  const eachSlot = (visit: (slot: number, c: number) => void) => {
    for (let c = 0; c < length.length; c++) {
      for (let k = 0; k < length[c]!; k++) visit((arrivalSlot[c]! + k) % SLOTS_PER_DAY, c);
    }
  };
  eachSlot((slot) => {
    slotStart[slot + 1] = slotStart[slot + 1]! + 1;
  });
  for (let t = 0; t < SLOTS_PER_DAY; t++) slotStart[t + 1] = slotStart[t + 1]! + slotStart[t]!;
  const slotClasses = new Int32Array(slotStart[SLOTS_PER_DAY]!);
  const next = slotStart.slice();
  eachSlot((slot, c) => {
    slotClasses[next[slot]!] = c;
    next[slot] = next[slot]! + 1;
  });
  return { slotStart, slotClasses };
}
