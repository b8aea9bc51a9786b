import { fillInOrder, UNMET } from "./greedy-load.ts";
import { MasterProblem, type Mixture, type OrderedLoad } from "./master-problem.ts";
import { type CostModel, costOf, hasCap, peakIn } from "./day-tariff.ts";
import { walkAround, walkToEvenPeaks } from "./walks.ts";
import type { WindowClasses } from "./window-classes.ts";

/** The bound is taken as reached within this share of the cost. */
const GAP_MAX = 1e-12;
/** Where rounding keeps the gap open: a gap this small that no longer closes. */
const STALLED_GAP = 1e-9;
const STALLED_ROUNDS = 5;
/** Tens are usual; the gap is reported whatever happens. */
const ROUNDS_MAX = 1_000;
/** New corners are sought near the best prices so far, this far on the way to the present ones, which swing. */
const TRUST = 0.2;
export interface OptimalLoad {
  mixture: Mixture;
  /** Cost of the mixture, and a bound that no schedule can go below; both with `unmetUsdPerKw` for what is not met. */
  costUsd: number;
  boundUsd: number;
  rounds: number;
  /** What each slot costs at the margin, US$ per kW: the prices that certify the bound. */
  slotCosts: Float64Array;
  master: MasterProblem;
}

/** Slots (and not delivering, where caps may force it) by rising cost; earlier slots first among equals. */
function orderByCost(costs: Float64Array, mayBeUnmet: boolean): Uint8Array {
  const order = Uint8Array.from({ length: mayBeUnmet ? UNMET + 1 : UNMET }, (_, slot) => slot);
  return order.sort((a, b) => costs[a]! - costs[b]! || a - b);
}

export function loadByOrder(classes: WindowClasses, order: Uint8Array): OrderedLoad {
  const loadKw = new Float64Array(UNMET + 1);
  fillInOrder(classes, order, loadKw);
  return { order, loadKw };
}

/** Not delivering costs more than any way to deliver, so it only happens where caps leave no other way. */
export function unmetPrice({ priceUsdPerKw, demand }: CostModel): number {
  const [low, high] = [Math.min(...priceUsdPerKw), Math.max(...priceUsdPerKw)];
  return 2 * (high - Math.min(0, low) + demand.reduce((sum, { usdPerKw }) => sum + usdPerKw, 0)) + 1;
}

/** Slot costs that bound the cost from below: no schedule can cost less than its load at these. */
interface Bound {
  usd: number;
  slotCosts: Float64Array;
  capUsd: number;
}

/**
 * The cheapest total load (Dantzig–Wolfe): the reachable loads are the base of a polymatroid, whose corners the greedy
 * rule lists; the master problem mixes corners, its prices name the next one and bound the cost from below.
 * Ends when cost and bound agree. Cost: some tens of greedy passes and some hundred pivots of the master.
 */
export function findOptimalLoad(classes: WindowClasses, cost: CostModel, signal?: AbortSignal): OptimalLoad {
  const mayBeUnmet = hasCap(cost);
  const unmetUsdPerKw = unmetPrice(cost);
  const price = Float64Array.of(...cost.priceUsdPerKw, unmetUsdPerKw);
  const corner = (costs: Float64Array) => loadByOrder(classes, orderByCost(costs, mayBeUnmet));
  const cheapest = corner(price);
  const master = new MasterProblem(classes, cost, { unmetUsdPerKw, scaleKw: peakIn(cheapest.loadKw) || 1 });
  master.start(mayBeUnmet ? loadByOrder(classes, Uint8Array.of(UNMET)) : cheapest);
  if (mayBeUnmet) master.add(cheapest);
  const walk = walkToEvenPeaks({ cheapest, price, cost, corner });
  for (const load of walk.corners) master.add(load);
  /** Adds the corner at these costs, and answers the bound that it proves. */
  const addCorner = (slotCosts: Float64Array, capUsd: number): Bound => {
    const found = corner(slotCosts);
    master.add(found);
    return { usd: dot(slotCosts, found.loadKw) + capUsd, slotCosts, capUsd };
  };
  let best = addCorner(walk.meanCosts, walk.capUsd);
  let leastGap = Infinity;
  let stalled = 0;
  for (let rounds = 1; ; rounds++) {
    signal?.throwIfAborted();
    master.solve();
    const mixture = master.mixture();
    const costUsd = costOf(mixture.loadKw.subarray(0, UNMET), cost).totalUsd + unmetUsdPerKw * mixture.loadKw[UNMET]!;
    const present = addCorner(master.slotCosts(), master.capTerm());
    const gap = (costUsd - present.usd) / Math.max(1e-9, Math.abs(costUsd));
    stalled = gap < STALLED_GAP && !(gap < 0.9 * leastGap) ? stalled + 1 : 0;
    leastGap = Math.min(leastGap, gap);
    if (gap <= GAP_MAX || stalled === STALLED_ROUNDS || rounds === ROUNDS_MAX) {
      return { mixture, costUsd, boundUsd: present.usd, rounds, master, slotCosts: present.slotCosts };
    }
    if (present.usd > best.usd) best = present;
    const slotCosts = mix(best.slotCosts, present.slotCosts, TRUST);
    const near = addCorner(slotCosts, best.capUsd + TRUST * (present.capUsd - best.capUsd));
    if (near.usd > best.usd) best = near;
    for (const load of walkAround({ mixture, slotCosts, price, cost, corner })) master.add(load);
  }
}

function mix(from: Float64Array, to: Float64Array, share: number): Float64Array {
  return from.map((value, k) => value + share * (to[k]! - value));
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}
