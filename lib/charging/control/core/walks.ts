import { UNMET } from "./greedy-load.ts";
import type { Mixture, OrderedLoad } from "./master-problem.ts";
import { type CostModel, hasCap, peakIn } from "./day-tariff.ts";

/**
 * Short Frank–Wolfe walks that list corners worth mixing. Cheap, since each step is one greedy pass, and what makes the
 * master problem end soon: without them it needs 100 to 200 rounds on the E-19 tariff, with them 5 to 15 (measured).
 */

export type Corner = (costs: Float64Array) => OrderedLoad;

/** Steps of the first walk; its peaks are soft: a slot that is a tenth below the peak still has 1/e of its price. */
const WARM_STEPS = 150;
const WARM_SKIPPED = 20;
const SHARPNESS = 10;
/**
 * Shares of the demand charges that load itself costs in the walks around a mixture. They spread load over slots of
 * nearly equal cost, which the plain next corner does one slot at a time.
 */
const SPREADING = [0.03, 0.01, 0.003, 0.001].flatMap((share) => [share, share, share, share]);

interface FirstWalk {
  cheapest: OrderedLoad;
  price: Float64Array;
  cost: CostModel;
  corner: Corner;
}

/**
 * Corners on the way to the least cost with softened peaks and caps, the mean of the slot costs met there, and what the
 * caps take off the bound these give.
 */
export function walkToEvenPeaks({ cheapest, price, cost, corner }: FirstWalk) {
  const corners: OrderedLoad[] = [];
  if (cost.demand.length === 0 && !hasCap(cost)) return { corners, meanCosts: price, capUsd: 0 };
  const loadKw = cheapest.loadKw.slice();
  const meanCosts = new Float64Array(price.length);
  let capUsd = 0;
  let weights = 0;
  for (let step = 0; step < WARM_STEPS; step++) {
    const { costs, capUsd: stepCapUsd } = softCosts(loadKw, price, cost);
    const found = corner(costs);
    if (step >= WARM_SKIPPED) corners.push(found);
    // Later steps are nearer; slot costs averaged over them hardly swing.
    if (step >= WARM_STEPS / 2) {
      weights += step;
      moveTowards(meanCosts, costs, step / weights);
      capUsd += (step / weights) * (stepCapUsd - capUsd);
    }
    moveTowards(loadKw, found.loadKw, 2 / (step + 2));
  }
  return { corners, meanCosts, capUsd };
}

/** Energy prices, each demand charge divided over its highest slots, and a price of loads near their cap. */
function softCosts(loadKw: Float64Array, price: Float64Array, { demand, capKw }: CostModel) {
  let capUsd = 0;
  const costs = price.slice();
  for (const { usdPerKw, slots } of demand) {
    const peakKw = peakIn(loadKw, slots) || 1;
    const shares = slots.map((slot) => Math.exp((SHARPNESS * (loadKw[slot]! - peakKw)) / peakKw));
    const sum = shares.reduce((total, share) => total + share, 0);
    for (const [k, slot] of slots.entries()) costs[slot] = costs[slot]! + (usdPerKw * shares[k]!) / sum;
  }
  for (const [slot, kw] of capKw.entries()) {
    if (kw === Infinity) continue;
    const nearness = kw > 0 ? loadKw[slot]! / kw - 1 : 0;
    const usdPerKw = price[UNMET]! * Math.min(1, Math.exp(SHARPNESS * nearness));
    costs[slot] = costs[slot]! + usdPerKw;
    capUsd -= usdPerKw * kw;
  }
  return { costs, capUsd };
}

interface Surroundings {
  mixture: Mixture;
  slotCosts: Float64Array;
  price: Float64Array;
  cost: CostModel;
  corner: Corner;
}

/** Corners around a mixture at these slot costs. */
export function walkAround({ mixture, slotCosts, price, cost, corner }: Surroundings): OrderedLoad[] {
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

function moveTowards(values: Float64Array, target: Float64Array, share: number): void {
  for (let k = 0; k < values.length; k++) values[k] = values[k]! + share * (target[k]! - values[k]!);
}
