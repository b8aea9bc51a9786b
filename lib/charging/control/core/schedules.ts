import { UNMET } from "./greedy-load.ts";
import type { Mixture } from "./master-problem.ts";
import { deliverableOf, type Sessions } from "./sessions.ts";
import { SLOT_HOURS, SLOTS_PER_DAY } from "./day-tariff.ts";
import type { WindowClasses } from "./window-classes.ts";

/** What each session gets, slot by slot of its window from the arrival on. */
export interface Schedules {
  /** kW; a session's slots stand from `start[i]` to `start[i + 1]`. */
  powerKw: Float64Array;
  start: Int32Array;
}

/**
 * Schedules of the sessions under a mixture of ordered loads. In every ordered load a session takes its portions (full
 * power, …, the rest) in the order of the slots; so of a class only matters how much weight puts a slot on a rank, and
 * a session's power there is its full power on all ranks but its last, and the rest on that. Bounds, windows and
 * energy hold since they hold in each ordered load.
 */
export function scheduleSessions(sessions: Sessions, classes: WindowClasses, mixture: Mixture): Schedules {
  const { energyKwh } = deliverableOf(sessions);
  const { start, members } = layOut(classes);
  const powerKw = new Float64Array(start[start.length - 1]!);
  for (let c = 0; c < classes.count; c++) {
    const length = classes.length[c]!;
    const rankWeight = weighRanks(mixture, { arrivalSlot: classes.arrivalSlot[c]!, length });
    const before = sumRanks(rankWeight, length);
    for (const i of members[c]!) {
      const power = sessions.powerKwMax[i]!;
      const portions = power > 0 ? energyKwh[i]! / SLOT_HOURS / power : 0;
      const full = Math.min(length, Math.floor(portions));
      const rest = full < length ? portions - full : 0;
      for (let k = 0, at = start[i]!; k < length; k++, at++) {
        const last = rest > 0 ? rest * rankWeight[k * length + full]! : 0;
        powerKw[at] = power * Math.min(1, before[k * (length + 1) + full]! + last);
      }
    }
  }
  return { powerKw, start };
}

function layOut({ classOf, length, count }: WindowClasses) {
  const start = new Int32Array(classOf.length + 1);
  const members = Array.from({ length: count }, (): number[] => []);
  for (let i = 0; i < classOf.length; i++) {
    start[i + 1] = start[i]! + length[classOf[i]!]!;
    members[classOf[i]!]!.push(i);
  }
  return { start, members };
}

/** Weight with which the k-th slot of a window has each rank among the window's slots: row k, rank in columns. */
function weighRanks(mixture: Mixture, window: { arrivalSlot: number; length: number }): Float64Array {
  const { arrivalSlot, length } = window;
  const weights = new Float64Array(length * length);
  for (const { load, weight } of mixture.parts) {
    let rank = 0;
    for (const slot of load.order) {
      if (slot === UNMET) break;
      const k = slot >= arrivalSlot ? slot - arrivalSlot : slot - arrivalSlot + SLOTS_PER_DAY;
      if (k >= length) continue;
      weights[k * length + rank] = weights[k * length + rank]! + weight;
      rank += 1;
    }
  }
  return weights;
}

/** Row k: weight of the ranks before each rank. */
function sumRanks(weights: Float64Array, length: number): Float64Array {
  const before = new Float64Array(length * (length + 1));
  for (let k = 0; k < length; k++) {
    for (let rank = 0; rank < length; rank++) {
      const at = k * (length + 1) + rank;
      before[at + 1] = before[at]! + weights[k * length + rank]!;
    }
  }
  return before;
}

/** Energy that each session gets, kWh. */
export function energyOf({ powerKw, start }: Schedules): Float64Array {
  const energyKwh = new Float64Array(start.length - 1);
  for (let i = 0; i < energyKwh.length; i++) {
    let sum = 0;
    for (let at = start[i]!; at < start[i + 1]!; at++) sum += powerKw[at]!;
    energyKwh[i] = SLOT_HOURS * sum;
  }
  return energyKwh;
}

/** Load of all sessions, kW per slot of the day. */
export function loadOf(sessions: Sessions, { powerKw, start }: Schedules): Float64Array {
  const loadKw = new Float64Array(SLOTS_PER_DAY);
  for (let i = 0; i + 1 < start.length; i++) {
    for (let at = start[i]!; at < start[i + 1]!; at++) {
      const slot = (sessions.arrivalSlot[i]! + at - start[i]!) % SLOTS_PER_DAY;
      loadKw[slot] = loadKw[slot]! + powerKw[at]!;
    }
  }
  return loadKw;
}
