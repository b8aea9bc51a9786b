import { fillInOrder, UNMET } from "./greedy-load.ts";
import { MasterProblem, type Mixture, type OrderedLoad } from "./master-problem.ts";
import { type CostModel, costOf, peakIn } from "./tariff.ts";
import type { WindowClasses } from "./window-classes.ts";

/** The bound is taken as reached within this share of the cost. */
const GAP_MAX = 1e-12;
/** Tens are usual; the gap is reported whatever happens. */
const ROUNDS_MAX = 1_000;
/**
 * Loads tried around the present mixture in each round: as if load itself cost this share of the demand charges, in
 * short Frank–Wolfe walks. They spread load over slots of nearly equal cost, which the plain next corner does one slot
 * at a time: 150 rounds become 15 (measured on the whole-day demand charge).
 */
const SPREADING = [0.03, 0.01, 0.003, 0.001].flatMap((share) => [share, share, share, share]);
/** Steps of the walk before the first round, and how fast its soft peak gets sharp. */
const WARM_STEPS = 100;
const WARM_SKIPPED = 20;
const SHARPNESS = 20;

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
export function orderByCost(costs: Float64Array, mayBeUnmet: boolean): Uint8Array {
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

export function hasCap({ capKw }: CostModel): boolean {
  return capKw.some((kw) => kw < Infinity);
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
  const scaleKw = peakIn(cheapest.loadKw) || 1;
  const master = new MasterProblem(classes, cost, { unmetUsdPerKw, scaleKw });
  master.start(mayBeUnmet ? loadByOrder(classes, Uint8Array.of(UNMET)) : cheapest);
  if (mayBeUnmet) master.add(cheapest);
  for (const load of walkToEvenPeaks({ cheapest, price, cost, corner })) master.add(load);
  const costUsdOf = (loadKw: Float64Array) =>
    costOf(loadKw.subarray(0, UNMET), cost).totalUsd + unmetUsdPerKw * loadKw[UNMET]!;
  for (let rounds = 1; ; rounds++) {
    signal?.throwIfAborted();
    master.solve();
    const mixture = master.mixture();
    const slotCosts = master.slotCosts();
    const next = corner(slotCosts);
    const costUsd = costUsdOf(mixture.loadKw);
    const boundUsd = dot(slotCosts, next.loadKw) + master.capTerm();
    const isDone = costUsd - boundUsd <= GAP_MAX * Math.max(1e-9, Math.abs(costUsd));
    if (isDone || rounds === ROUNDS_MAX) return { mixture, costUsd, boundUsd, rounds, master, slotCosts };
    master.add(next);
    for (const load of walkAround({ mixture, slotCosts, price, cost, corner })) master.add(load);
  }
}

type Corner = (costs: Float64Array) => OrderedLoad;

/** Corners on the way of a Frank–Wolfe walk on the cost with softened peaks: most of those that the optimum mixes. */
function walkToEvenPeaks(walk: { cheapest: OrderedLoad; price: Float64Array; cost: CostModel; corner: Corner }) {
  const { cheapest, price, cost, corner } = walk;
  const corners: OrderedLoad[] = [];
  if (cost.demand.length === 0) return corners;
  const loadKw = cheapest.loadKw.slice();
  for (let step = 0; step < WARM_STEPS; step++) {
    const costs = price.slice();
    for (const { usdPerKw, slots } of cost.demand) {
      const peakKw = peakIn(loadKw, slots) || 1;
      const sharpness = (SHARPNESS + step) / peakKw;
      const shares = slots.map((slot) => Math.exp(sharpness * (loadKw[slot]! - peakKw)));
      const sum = shares.reduce((total, share) => total + share, 0);
      for (const [k, slot] of slots.entries()) costs[slot] = costs[slot]! + (usdPerKw * shares[k]!) / sum;
    }
    const found = corner(costs);
    if (step >= WARM_SKIPPED) corners.push(found);
    moveTowards(loadKw, found.loadKw, 2 / (step + 2));
  }
  return corners;
}

interface Surroundings {
  mixture: Mixture;
  slotCosts: Float64Array;
  price: Float64Array;
  cost: CostModel;
  corner: Corner;
}

function walkAround({ mixture, slotCosts, price, cost, corner }: Surroundings): OrderedLoad[] {
  const loadKw = mixture.loadKw.slice();
  const slots = price.subarray(0, UNMET);
  const demandUsd = cost.demand.reduce((sum, { usdPerKw }) => sum + usdPerKw, 0);
  const scale = (demandUsd || Math.max(...slots) - Math.min(...slots) || 1) / (peakIn(loadKw) || 1);
  return SPREADING.map((share, step) => {
    const costs = slotCosts.map((usd, slot) => (slot === UNMET ? usd : usd + share * scale * loadKw[slot]!));
    const found = corner(costs);
    moveTowards(loadKw, found.loadKw, 1 / (step + 3));
    return found;
  });
}

function moveTowards(loadKw: Float64Array, target: Float64Array, step: number): void {
  for (let k = 0; k < loadKw.length; k++) loadKw[k] = loadKw[k]! + step * (target[k]! - loadKw[k]!);
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}
