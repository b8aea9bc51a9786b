import { deliverableOf, type Sessions, windowLength } from "./sessions.ts";
import { ALL_DAY, SLOT_HOURS, SLOTS_PER_DAY } from "./day-tariff.ts";

/** Rules of thumb that need no forecast: who charges first while the site's load is limited. */
export const BASELINE_RULES = [
  "uncontrolled",
  "first-come",
  "earliest-deadline",
  "least-laxity",
  "equal-share",
] as const;
export type BaselineRule = (typeof BASELINE_RULES)[number];

export interface Baseline {
  rule: BaselineRule;
  /** kW per slot of the day. */
  loadKw: Float64Array;
  deliveredKwh: Float64Array;
}

/** Everyone at full power from the arrival until full, whatever the limit. */
export function chargeUncontrolled(sessions: Sessions): Baseline {
  return simulate(sessions, "uncontrolled", new Float64Array(SLOTS_PER_DAY).fill(Infinity));
}

/**
 * Plays a rule through the day under a limit per slot. Days repeat: a session that passes midnight meets the morning's
 * sessions, so three days are played and the middle one's sessions counted.
 * Cost: O(slots × sessions present), with a sort of those present for the rules that rank.
 */
export function simulate(sessions: Sessions, rule: BaselineRule, limitKw: Float64Array): Baseline {
  const count = sessions.energyKwh.length;
  const wanted = deliverableOf(sessions).energyKwh.map((kwh) => kwh / SLOT_HOURS);
  const length = Int32Array.from(wanted, (_, i) => windowLength(sessions.arrivalSlot[i]!, sessions.departureSlot[i]!));
  const passesMidnight = length.some((slots, i) => sessions.arrivalSlot[i]! + slots > SLOTS_PER_DAY);
  const days = passesMidnight ? 3 : 1;
  const counted = passesMidnight ? 1 : 0;
  const arrivals = groupByArrival(sessions);
  const loadKw = new Float64Array(SLOTS_PER_DAY);
  const deliveredKwh = new Float64Array(count);
  let present: Visit[] = [];
  for (let now = 0; now < days * SLOTS_PER_DAY; now++) {
    const slot = now % SLOTS_PER_DAY;
    const day = Math.floor(now / SLOTS_PER_DAY);
    present = present.filter(({ endsAt, left }) => endsAt > now && left > 0);
    for (const i of arrivals[slot]!) {
      const power = sessions.powerKwMax[i]!;
      if (wanted[i]! > 0) present.push({ session: i, day, endsAt: now + length[i]!, left: wanted[i]!, power, got: 0 });
    }
    share(present, { rule, limitKw: limitKw[slot]!, now });
    for (const visit of present) {
      visit.left -= visit.got;
      if (visit.day !== counted) continue;
      loadKw[slot] = loadKw[slot]! + visit.got;
      deliveredKwh[visit.session] = deliveredKwh[visit.session]! + visit.got * SLOT_HOURS;
    }
  }
  return { rule, loadKw, deliveredKwh };
}

interface Visit {
  session: number;
  day: number;
  endsAt: number;
  /** kW of one slot that are still wanted. */
  left: number;
  power: number;
  /** kW in the present slot. */
  got: number;
}

function groupByArrival({ arrivalSlot }: Sessions): number[][] {
  const groups = ALL_DAY.map((): number[] => []);
  for (const [i, slot] of arrivalSlot.entries()) groups[slot]!.push(i);
  return groups;
}

function share(present: Visit[], { rule, limitKw, now }: { rule: BaselineRule; limitKw: number; now: number }): void {
  const wantedKw = present.reduce((sum, { power, left }) => sum + Math.min(power, left), 0);
  if (rule === "equal-share" && wantedKw > limitKw) {
    shareEqually(present, limitKw);
    return;
  }
  // Laxity: slots that the session can still wait.
  if (wantedKw > limitKw && rule !== "first-come") {
    const urgency = (visit: Visit) =>
      rule === "earliest-deadline" ? visit.endsAt : visit.endsAt - now - visit.left / visit.power;
    present.sort((a, b) => urgency(a) - urgency(b) || a.session - b.session);
  }
  let free = rule === "uncontrolled" ? Infinity : limitKw;
  for (const visit of present) {
    visit.got = Math.min(visit.power, visit.left, free);
    free -= visit.got;
  }
}

/** The same power for everyone, except for those that can or want to take less. */
function shareEqually(present: Visit[], limitKw: number): void {
  const byWish = present.toSorted((a, b) => Math.min(a.power, a.left) - Math.min(b.power, b.left));
  let free = limitKw;
  for (const [k, visit] of byWish.entries()) {
    visit.got = Math.min(visit.power, visit.left, free / (byWish.length - k));
    free -= visit.got;
  }
}
